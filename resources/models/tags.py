"""Free words beside the topics. Two that differ only in capitals are one; merged ones stay reachable."""

import unicodedata
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, NaturalKeyManager, TagBase


def fold(name: str) -> str:
    """A tag's name as it is compared: without capitals, forms of the same letter, and double spaces."""
    return unicodedata.normalize("NFKC", " ".join(name.split())).casefold()


class LibraryTagQuerySet(models.QuerySet):
    """Tags, found by name whatever the capitals."""

    def filter(self, *args: Any, **kwargs: Any) -> Self:
        """taggit asks by `name__iexact`. SQLite does not know that Á is á; the folded name does, on every engine.

        A name that a tag had before finds the tag of today: who types an old word gets the one that took its place.
        """
        if "name__iexact" in kwargs:
            name = fold(kwargs.pop("name__iexact"))
            former = MergedTag.objects.filter(folded=name).values("tag")
            return super().filter(models.Q(folded=name) | models.Q(pk__in=former), *args, **kwargs)
        return super().filter(*args, **kwargs)


class LibraryTag(TagBase):
    """A word that staff give to resources."""

    folded = models.CharField(max_length=200, unique=True, editable=False)

    free_tagging = True
    objects = NaturalKeyManager.from_queryset(LibraryTagQuerySet)()

    class Meta:
        """By name."""

        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["folded"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The folded name follows the name. A tag of today goes before what another was called long ago."""
        self.folded = fold(self.name)
        MergedTag.objects.filter(folded=self.folded).delete()
        super().save(*args, **kwargs)


class ResourceTag(ItemBase):
    """That a resource has a tag."""

    tag = models.ForeignKey(LibraryTag, on_delete=models.CASCADE, related_name="resource_tags")
    content_object = ParentalKey("resources.ResourcePage", on_delete=models.CASCADE, related_name="resource_tags")

    class Meta:
        """Once each."""

        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="resources_one_tag")]


class MergedTag(models.Model):
    """What a tag was called before it was renamed or went into another: its address leads on, and so does its name."""

    slug = models.SlugField(_("slug"), max_length=100, unique=True, allow_unicode=True)
    folded = models.CharField(max_length=200, db_index=True, editable=False)
    tag = models.ForeignKey(LibraryTag, on_delete=models.CASCADE, related_name="merged", verbose_name=_("now"))

    class Meta:
        """Kept by renaming and merging."""

        verbose_name = _("merged tag")
        verbose_name_plural = _("merged tags")

    def __str__(self) -> str:
        return self.slug
