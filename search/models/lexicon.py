"""How often words stand in the index. For spelling, and for how much a word weighs."""

from django.db import models


class Word(models.Model):
    """A word as people write it, without accents, and the number of documents of one language that hold it."""

    language = models.CharField(max_length=10)
    word = models.CharField(max_length=60)
    docs = models.IntegerField()

    class Meta:
        """Once in each language."""

        constraints = [models.UniqueConstraint(fields=["language", "word"], name="search_word_once")]

    def __str__(self) -> str:
        return self.word


class Stem(models.Model):
    """A stem, and the number of documents that hold it in any field, in any language."""

    stem = models.CharField(max_length=60, unique=True)
    docs = models.IntegerField()

    def __str__(self) -> str:
        return self.stem


class Pair(models.Model):
    """Two words that stand side by side in a title, a summary or a heading: "a b" with a ≤ b."""

    pair = models.CharField(max_length=125, unique=True)
    docs = models.IntegerField()

    def __str__(self) -> str:
        return self.pair


class Totals(models.Model):
    """Number of documents, and the sum of each field's lengths. One row, with the key 1."""

    docs = models.IntegerField(default=0)
    l_title = models.BigIntegerField(default=0)
    l_headings = models.BigIntegerField(default=0)
    l_summary = models.BigIntegerField(default=0)
    l_topics = models.BigIntegerField(default=0)
    l_body = models.BigIntegerField(default=0)
    changed = models.BigIntegerField(default=0)  # another number after each count: what was read before is old
    synonyms = models.BigIntegerField(default=0)  # another number after each change of the synonyms

    def __str__(self) -> str:
        return str(self.docs)


class Counted(models.Model):
    """What a document (by its key) has put into the numbers above, so that exactly that can be taken out again."""

    doc_id = models.PositiveBigIntegerField(primary_key=True)
    language = models.CharField(max_length=10)
    words = models.TextField()  # each once, with spaces between them
    pairs = models.TextField()  # each once, with line ends between them
    lengths = models.CharField(max_length=60)  # of title, headings, summary, topics, body, with spaces

    def __str__(self) -> str:
        return str(self.doc_id)


class TitleWord(models.Model):
    """A word of a document's title, without accents and not stemmed: what is suggested while somebody types."""

    doc_id = models.PositiveBigIntegerField(db_index=True)
    word = models.CharField(max_length=60, db_index=True)

    def __str__(self) -> str:
        return self.word
