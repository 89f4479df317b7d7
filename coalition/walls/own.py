"""The coalition's own admin addresses, and those of the floor below it: records of the coalition are its staff's."""

from coalition.walls import rules
from coalition.walls.registry import classify


def classify_own() -> None:
    """Put a rule before each."""
    classify(rules.own_city, "coalition_team:*", "coalition_city_audit:*")
    classify(
        rules.for_staff,
        "coalition_audit:*",
        "coalition_city:*",
        "coalition_costs:*",
        "coalition_sponsor:*",
        "mail:*",
        "time-rules:*",
        "failed-tasks:*",
        "topics:*",
    )
    # Which cities there are is public, and a story names the cities it is about.
    classify(
        rules.for_everybody,
        "coalition_city_chooser:choose",
        "coalition_city_chooser:choose_results",
        "coalition_city_chooser:chosen",
        "coalition_city_chooser:chosen_multiple",
    )
    classify(rules.for_staff, "coalition_city_chooser:create")
