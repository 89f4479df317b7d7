"""What the engine of the database keeps: tables that are no models, for nothing but an engine reads or writes them.

`search_entry` has one narrow row for each document: what decides whether and where it is found, beside the words.
`search_fts` (SQLite) and `search_posting` (PostgreSQL) have the words.
"""

from django.db import migrations

ENTRY = """
    CREATE TABLE search_entry (
        doc_id bigint PRIMARY KEY,
        signature_id bigint NOT NULL,
        day integer NOT NULL,
        ends_at bigint NOT NULL,
        expires_at bigint NOT NULL,
        version bigint NOT NULL
    )
"""
SQLITE = [
    ENTRY.replace("bigint PRIMARY KEY", "integer PRIMARY KEY"),  # only so the key is the place of the row itself
    # The words are analysed when they come here: nothing is left to do but to cut them at the spaces. "_" stands for a
    # word that has no letters, and keeps its neighbors apart.
    """
    CREATE VIRTUAL TABLE search_fts USING fts5(
        title, headings, summary, topics, body, tokenize = "unicode61 remove_diacritics 0 tokenchars '_'"
    )
    """,
]
POSTGRESQL = [
    ENTRY,
    "CREATE TABLE search_posting (doc_id bigint NOT NULL, x real NOT NULL, term text COLLATE \"C\" NOT NULL)",
    "CREATE INDEX search_posting_term ON search_posting (term) INCLUDE (doc_id, x)",
    "CREATE INDEX search_posting_doc ON search_posting (doc_id)",
    # So that the words beginning with some letters stand side by side in the index, whatever the database's language.
    "ALTER TABLE search_titleword ALTER COLUMN word TYPE varchar(60) COLLATE \"C\"",
]
TABLES = {"sqlite": ["search_fts", "search_entry"], "postgresql": ["search_posting", "search_entry"]}


def make_tables(apps, schema_editor):
    """Make the tables of this database's engine."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop_tables(apps, schema_editor):
    """Take them away."""
    for table in TABLES[schema_editor.connection.vendor]:
        schema_editor.execute(f"DROP TABLE {table}")


class Migration(migrations.Migration):

    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(make_tables, drop_tables)]
