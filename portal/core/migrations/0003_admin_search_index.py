"""The index that the admin's search in PostgreSQL asks for, and that modelsearch describes but never makes.

Its search over all fields compares `title || body` with the query. Without an index on exactly that expression
PostgreSQL reads every entry.
"""

from django.db import migrations

NAME = "portal_admin_search_title_body"
TABLE = "wagtailsearch_indexentry"


def make_index(apps, schema_editor):
    """Add it on PostgreSQL; other databases search in another way."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE INDEX IF NOT EXISTS {NAME} ON {TABLE} USING gin ((title || body))")


def drop_index(apps, schema_editor):
    """Take it away again."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {NAME}")


class Migration(migrations.Migration):

    dependencies = [
        ("core", "0002_topics"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [
        migrations.RunPython(make_index, drop_index),
    ]
