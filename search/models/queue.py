"""What waits: things that changed, and documents that an engine outside of the database has not been told of."""

from django.db import models


class Change(models.Model):
    """Something changed in the transaction that wrote this. Its documents are made anew after it."""

    source = models.CharField(max_length=20)
    object_id = models.PositiveBigIntegerField()
    noted_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.source} {self.object_id}"


class Pending(models.Model):
    """A document that was written, or removed, and that Elasticsearch has not heard of yet."""

    doc_id = models.PositiveBigIntegerField(db_index=True)
    noted_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.doc_id)
