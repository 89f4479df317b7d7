"""An index of pages by how deep they stand: what is directly below a page is then found without reading the tree below.

The one that a page's path has already is of no use for it. Where Wagtail alters its table in SQLite, Django writes the
table anew, without what it does not know of: a later version that does so needs this once more.
"""

from django.db import migrations

NAME = "portal_page_depth_path"


class Migration(migrations.Migration):

    dependencies = [
        ("core", "0003_admin_search_index"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.RunSQL(
            f"CREATE INDEX IF NOT EXISTS {NAME} ON wagtailcore_page (depth, path)", f"DROP INDEX IF EXISTS {NAME}"
        ),
    ]
