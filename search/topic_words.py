"""Topics of many things at once, for their documents."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from portal.core.models import Topic


class Topics:
    """The topics of objects: slugs, and names as texts to be searched; each with what it is part of. Two queries.

    `through` is the table that joins objects and topics, `column` its column that names the object.
    """

    def __init__(self, through: Any, column: str, ids: Collection[int]) -> None:
        self._of = defaultdict(list)
        rows = through.objects.filter(**{f"{column}__in": ids}).order_by("pk").values_list(column, "topic_id")
        for pk, topic in rows:
            self._of[pk].append(topic)
        self._topics = {topic.pk: topic for topic in Topic.objects.all()} if self._of else {}

    def slugs(self, pk: int) -> tuple[str, ...]:
        """Slugs of the object's topics and of what they are part of."""
        return tuple(topic.slug for topic in self._with_parents(pk))

    def names(self, pk: int, language: str) -> tuple[str, ...]:
        """Their names in one language."""
        return tuple((topic.name_es if language == "es" else "") or topic.name for topic in self._with_parents(pk))

    def _with_parents(self, pk: int) -> list[Topic]:
        found: dict[int, Topic] = {}
        for key in self._of.get(pk, ()):
            topic = self._topics.get(key)
            while topic is not None and topic.pk not in found:
                found[topic.pk] = topic
                topic = self._topics.get(topic.parent_id) if topic.parent_id else None
        return list(found.values())
