"""What happens to pages, heard and noted. Connected on import.

What becomes public appears right after the commit; what is hidden is gone in the same transaction.
"""

from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from portal.core.versions import raise_version
from search.indexing.noting import note
from search.indexing.renewing import SCOPE, hide
from search.pages import PAGE, hidden_pages, is_registered


@receiver(page_published, dispatch_uid="search.page_published")
def note_published(sender: type[Page], *, instance: Page, **kwargs: Any) -> None:
    """A page has a new text."""
    note(PAGE, [instance.pk])


@receiver(page_unpublished, dispatch_uid="search.page_unpublished")
def note_unpublished(sender: type[Page], *, instance: Page, **kwargs: Any) -> None:
    """A page went offline, or expired."""
    note(PAGE, [instance.pk])
    hide(PAGE, [instance.pk])


@receiver(post_save, dispatch_uid="search.page_made")
def note_made(sender: type[Model], *, instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """A page that is public from its first day was never published: the national homes are."""
    if created and not raw and is_registered(sender) and instance.live:
        note(PAGE, [instance.pk])


@receiver(page_slug_changed, dispatch_uid="search.page_slug")
def forget_addresses(sender: type[Page], **kwargs: Any) -> None:
    """Documents know pages, not addresses; answers that were kept do."""
    raise_version(SCOPE)


@receiver(post_page_move, dispatch_uid="search.page_move")
def note_moved(sender: type[Page], *, instance: Page, **kwargs: Any) -> None:
    """A page and all below it stand elsewhere: on another city's site, or where nobody is to find them."""
    note_tree(instance.path)


@receiver(pre_delete, sender=Page, dispatch_uid="search.page_delete")
def note_deleted(sender: type[Page], *, instance: Page, origin: Model | QuerySet, **kwargs: Any) -> None:
    """Pages are about to go, with all below them.

    Django tells of each page before it deletes the first; the first call notes all of them at once.
    """
    if getattr(origin, "_search_has_noted", False):
        return
    is_tree = isinstance(origin, PageQuerySet) and issubclass(origin.model, Page)
    if is_tree:
        origin._search_has_noted = True  # type: ignore[union-attr]
    ids = list(origin.values_list("pk", flat=True)) if is_tree else [instance.pk]  # type: ignore[union-attr]
    note(PAGE, ids)
    hide(PAGE, ids)


@receiver([post_save, post_delete], sender=PageViewRestriction, dispatch_uid="search.page_restriction")
def note_restricted(sender: type[PageViewRestriction], *, instance: PageViewRestriction, **kwargs: Any) -> None:
    """A page and all below it are for some visitors only, or for everybody again."""
    path = Page.objects.filter(pk=instance.page_id).values_list("path", flat=True).first()
    if path:
        note_tree(path)


def note_tree(path: str) -> None:
    """Note a page and all below it; those that are hidden now are gone at once."""
    pages = Page.objects.filter(path__startswith=path)
    note(PAGE, pages.values_list("pk", flat=True))
    hide(PAGE, hidden_pages(pages))
