"""Makes the national pages in English from `content/pages` and `content/stories`."""

from dataclasses import dataclass
from typing import Any

from django.db.models import ForeignKey
from wagtail.fields import StreamField
from wagtail.models import Page

from coalition.models import City
from home.models import ContactPage, HomePage, IndexPage, StandardPage, StoryPage
from portal.accounts.models import User
from portal.core.bilingual import Builder, Targets
from portal.demo.services import guides
from portal.demo.services.days import last
from portal.demo.services.words import Words, both, names, read

KINDS: dict[str, type[Page]] = {
    "StandardPage": StandardPage,
    "IndexPage": IndexPage,
    "ContactPage": ContactPage,
    "StoryPage": StoryPage,
    **guides.LIBRARY_KINDS,
}
NOT_FIELDS = {"kind", "slug", "city", "date", *guides.NOT_FIELDS}
ORDER = (
    "about",
    "what-members-get",
    "join",
    "guides",
    "stories",
    "contact",
    "for-reporters",
    "privacy",
    "accessibility",
)


@dataclass
class Draft:
    """A page that stands in the tree, the file it will be filled from, and the words it has learned."""

    page: Page
    spec: dict[str, Any]
    words: Words

    @property
    def is_bilingual(self) -> bool:
        """Whether the file is written in both languages; most guides are in English only."""
        return not isinstance(self.spec["title"], str) or isinstance(self.page, HomePage)


def make_pages(*, home: HomePage, files: dict[str, int], by: User) -> list[Draft]:
    """Make, fill and publish every page, parents first. `files` are the ids of pictures and documents by name.

    Pages link to each other, so all of them are made before any is filled.
    """
    drafts = [Draft(home, read("pages/home"), Words())]
    for name in ORDER:
        drafts.append(_make(home, read(f"pages/{name}")))
    stories, library = (_named(drafts, slug) for slug in ("stories", "guides"))
    drafts += [_make(library, spec) for spec in guides.guide_specs()]
    drafts += [_make(stories, {"kind": "StoryPage", **read(name)}) for name in names("stories")]
    targets = Targets({**files, **{f"page:{draft.page.slug}": draft.page.pk for draft in drafts}})
    for draft in drafts:
        _fill(draft, targets)
        guides.describe(draft.page, draft.spec, by=by)
        draft.page.save_revision(user=by).publish(user=by)
    return drafts


def _named(drafts: list[Draft], slug: str) -> Page:
    return next(draft.page for draft in drafts if draft.page.slug == slug)


def _make(parent: Page, spec: dict[str, Any]) -> Draft:
    page = KINDS[spec["kind"]](title=both(spec["title"])[0], slug=spec["slug"], live=False)
    if "city" in spec:
        page.city = City.objects.get(slug=spec["city"])
        page.date = last(spec["date"])
    parent.add_child(instance=page)
    return Draft(page, spec, Words())


def _fill(draft: Draft, targets: Targets) -> None:
    page = draft.page
    builder = Builder(page=page.slug, words=draft.words, targets=targets)
    for name, value in draft.spec.items():
        if name in NOT_FIELDS:
            continue
        field = page._meta.get_field(name)
        if isinstance(field, StreamField):
            setattr(page, name, builder.stream(field.stream_block, guides.as_entries(name, value)))
        elif isinstance(field, ForeignKey):
            setattr(page, field.attname, targets.id_of(value))
        else:
            setattr(page, name, draft.words.plain(value))
