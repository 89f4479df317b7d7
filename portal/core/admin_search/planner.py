"""What the database has to know about the index to choose good plans."""

from typing import Any


class AnalyzeAfterwards:
    """A mixin for rebuilders: `update_index` ends with fresh statistics about the index."""

    index: Any

    def finish(self) -> None:
        """Measure the index's table, then end the rebuild."""
        connection = self.index.write_connection
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(self.index.entries.model._meta.db_table)}")
        super().finish()  # type: ignore[misc]
