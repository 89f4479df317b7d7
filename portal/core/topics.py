"""The topics that every portal starts with. Staff rename, order and add to them in the admin."""

from portal.core.models import Topic

STARTING_TOPICS = (
    ("education-and-youth", "Education and youth", "Educación y juventud"),
    ("health", "Health", "Salud"),
    ("neighborhood-revitalization", "Neighborhood revitalization", "Mejora de los barrios"),
    ("preparedness-and-safety", "Preparedness and safety", "Prevención y seguridad"),
    ("sustainability", "Sustainability", "Sostenibilidad"),
    ("veterans", "Veterans", "Veteranos"),
    ("how-to", "How-to", "Cómo se hace"),
)


def make_topics() -> None:
    """Add the starting topics to a portal that has none. What staff made of theirs is left as it is."""
    if Topic.objects.exists():
        return
    Topic.objects.bulk_create(
        Topic(slug=slug, name=name, name_es=name_es, position=position)
        for position, (slug, name, name_es) in enumerate(STARTING_TOPICS)
    )
