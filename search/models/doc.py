"""One row for each thing that can be found, in each of its languages."""

from django.db import models
from django.utils import timezone


class Readers(models.TextChoices):
    """Whose search finds a document. Nobody reads these words on a screen.

    A page with a part for members has two documents: one without that part for visitors, a whole one for members.
    """

    ALL = "all", "all"
    VISITORS = "visitors", "visitors"
    MEMBERS = "members", "members"


class Signature(models.Model):
    """What a document says in every facet, and who finds it: the documents that say the same share one.

    Engines count documents by signature and know nothing of facets. A row never changes.
    """

    key = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=20)
    city_id = models.PositiveBigIntegerField(null=True)
    language = models.CharField(max_length=10)
    siblings = models.CharField(max_length=60, blank=True)  # the other languages it exists in: "es", "es,pt"
    audience = models.CharField(max_length=40, blank=True)
    format = models.CharField(max_length=40, blank=True)
    topics = models.CharField(max_length=500, blank=True)  # slugs of topics and of what they are part of, with commas
    readers = models.CharField(max_length=10, choices=Readers.choices, default=Readers.ALL)
    is_local = models.BooleanField(default=False)  # found only by who asks for its city
    extra = models.TextField(blank=True)  # facets of one kind alone, as JSON with sorted keys

    class Meta:
        """Written when the first document has it."""

    def __str__(self) -> str:
        return self.key


class SearchDoc(models.Model):
    """One thing in one language, as a search shows it, and its words as an engine compares them.

    `source` and `object_id` say what it is: ("page", 12), ("city", 3). The tables of the engine in use hold the same
    words once more; only `search.indexing.write` writes here and there.
    """

    source = models.CharField(max_length=20)
    object_id = models.PositiveBigIntegerField()
    language = models.CharField(max_length=10)
    readers = models.CharField(max_length=10, choices=Readers.choices, default=Readers.ALL)
    version = models.CharField(max_length=64)  # what the source said of its object's version when this was written
    family = models.CharField(max_length=60)  # the same in all languages of one thing
    signature = models.ForeignKey(Signature, on_delete=models.PROTECT, related_name="+")

    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=255)
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    path = models.CharField(max_length=500, blank=True)  # on the national host, for what is no page
    city = models.ForeignKey(
        "coalition.City", on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    source_id = models.CharField(max_length=200, blank=True)  # of the row that it was imported from
    date = models.DateField(null=True)  # by which it is sorted and narrowed
    ends_at = models.DateTimeField(null=True)  # afterwards it is over: still found, below what is open
    expires_at = models.DateTimeField(null=True, db_index=True)  # afterwards it is not found
    shown = models.JSONField(default=dict)  # what else a result shows; no personal data

    a_title = models.TextField()  # analysed: " regist vote ", each term between single spaces
    a_headings = models.TextField()
    a_summary = models.TextField()
    a_topics = models.TextField()
    l_title = models.PositiveIntegerField()  # lengths: numbers of terms
    l_headings = models.PositiveIntegerField()
    l_summary = models.PositiveIntegerField()
    l_topics = models.PositiveIntegerField()
    l_body = models.PositiveIntegerField()
    summary = models.TextField(blank=True)
    a_body = models.TextField()
    body = models.TextField(blank=True)  # last, for what reads a row without it reads less
    words = models.TextField(blank=True)  # all of its words without accents, each once: `search.words.lexicon.words_of`
    pairs = models.TextField(blank=True)  # those side by side in its short texts: `search.words.lexicon.pairs_of`
    indexed_at = models.DateTimeField(default=timezone.now)  # later with each change, whatever the clock says

    class Meta:
        """A thing has one document in a language, two when members find more in it."""

        constraints = [
            models.UniqueConstraint(fields=["source", "object_id", "language", "readers"], name="search_doc_once")
        ]
        indexes = [
            models.Index(fields=["page"], name="search_doc_page"),
            models.Index(fields=["signature", "date"], name="search_doc_signature"),
            # Whether a thing is to be found: lists ask it of each, and the index answers without the row and its texts.
            models.Index(fields=["kind", "family", "readers", "expires_at"], name="search_doc_family"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.title}"

    @property
    def key(self) -> str:
        """Its name in the JSON interface: "guide-12", "city-3-es"."""
        suffix = "" if self.source == "page" else f"-{self.language}"
        return f"{self.kind}-{self.object_id}{suffix}"
