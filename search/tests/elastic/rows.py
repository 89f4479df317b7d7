"""Rows as they are after their words were analysed."""

import datetime
import itertools

from django.utils import timezone

from search.models import Pending, SearchDoc, Signature
from search.words.analysis import analyse
from search.words.plan import Group, Plan

_numbers = itertools.count(1_000_000)  # no two tests have a document of the same key, for the index remembers


def row(title="Plant trees", body="", **fields):
    """A document that nobody has told Elasticsearch of."""
    number = next(_numbers)
    signature, _ = Signature.objects.get_or_create(key=fields.pop("key", "one"), kind="guide", language="en")
    texts = {"title": title, "headings": "", "summary": "", "topics": "", "body": body}
    for name, text in texts.items():
        fields[f"a_{name}"], fields[f"l_{name}"] = analyse(text, "en")
    return SearchDoc.objects.create(
        pk=number, source="page", object_id=number, language="en", version="1", family=str(number),
        kind="guide", title=title, body=body, signature=signature, **fields,
    )  # fmt: skip


def change(doc, title):
    """Another title, written now, and a note of it."""
    doc.title = title
    doc.a_title, doc.l_title = analyse(title, "en")
    doc.indexed_at = timezone.now()
    doc.save()
    Pending.objects.create(doc_id=doc.pk)


def gone(doc):
    """Delete the row, and note that."""
    Pending.objects.create(doc_id=doc.pk)
    doc.delete()


def noted(*docs):
    """Note that these wait to be told."""
    Pending.objects.bulk_create([Pending(doc_id=doc.pk) for doc in docs])


def plan(words):
    """A plan for any of the words."""
    stems = analyse(words, "en")[0].split()
    return Plan(typed=words, groups=tuple(Group(((stem,),), 1.0) for stem in stems), least=1)


def versions_of_rows():
    """What an index that is true to the rows says of its versions."""
    epoch = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
    micro = datetime.timedelta(microseconds=1)
    return {pk: str((at - epoch) // micro) for pk, at in SearchDoc.objects.values_list("pk", "indexed_at")}
