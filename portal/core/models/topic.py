"""Topics: the controlled words by which stories, guides and opportunities are found."""

from typing import Self

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class TopicQuerySet(models.QuerySet):
    """Which topics."""

    def main(self) -> Self:
        """The topics that stand under no other."""
        return self.filter(parent=None)


class Topic(models.Model):
    """One topic, perhaps under another. Named in both languages here: a topic is the same thing in each."""

    slug = models.SlugField(
        _("slug"), max_length=60, unique=True, help_text=_("Stands in addresses. It stays when the name changes.")
    )
    name = models.CharField(_("name in English"), max_length=60)
    name_es = models.CharField(_("name in Spanish"), max_length=60)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = TopicQuerySet.as_manager()

    class Meta:
        """In the order staff gave them."""

        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return (self.name_es if get_language() == "es" else "") or self.name
