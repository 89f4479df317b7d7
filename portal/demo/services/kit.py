"""Puts the files of the demo's toolkit into the library of documents, each in both languages."""

from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Collection

from home.services.setup import MEMBERS_LIBRARY, SHARED_LIBRARY
from portal.accounts.models import User
from portal.demo.services.papers import card, letter, sheet
from portal.demo.services.words import both, read

LANGUAGES = ("en", "es")
CREDIT = "Cities of Service"


def make_kit(*, by: User) -> dict[str, int]:
    """Make what `content/kit.toml` names. Returns primary keys by "document:name-en"."""
    folders = {name: Collection.objects.get(name=name) for name in (SHARED_LIBRARY, MEMBERS_LIBRARY)}
    ids = {}
    for name, spec in read("kit").items():
        folder = folders[MEMBERS_LIBRARY if spec.get("members") else SHARED_LIBRARY]
        for side, language in enumerate(LANGUAGES):
            document = get_document_model()(
                title=both(spec["title"])[side],
                language=language,
                pages=1,
                credit=CREDIT,
                collection=folder,
                uploaded_by_user=by,
            )
            document.file = ContentFile(paper(spec, language), name=f"{name}-{language}.{spec['format']}")
            document.full_clean()
            document.save()
            ids[f"document:{name}-{language}"] = document.pk
    return ids


def paper(spec: dict[str, Any], language: str) -> bytes:
    """The file that an entry of `content/kit.toml` stands for, in one of its languages."""
    side = LANGUAGES.index(language)
    title = both(spec["title"])[side]
    if spec["format"] == "xlsx":
        columns = [both(column)[side] for column in spec["columns"]]
        rows = [
            [cell if isinstance(cell, int) else both(cell)[side] for cell in row] for row in spec.get("rows", [])
        ] or [[""] * len(columns) for _row in range(spec["empty_rows"])]
        return sheet(title=title, columns=columns, rows=rows)
    make = card if spec["format"] == "pdf" else letter
    return make(title=title, lines=[both(line)[side] for line in spec["lines"]], language=language)
