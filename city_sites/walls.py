"""The rules before the admin addresses of city sites."""

from coalition.walls import rules
from coalition.walls.registry import classify


def classify_city_sites() -> None:
    """A team's rooms are for the team; the list of all hosts is for coalition staff."""
    classify(
        rules.own_city,
        "city_sites_adopting:*",
        "city_sites_changes:*",
        "city_sites_deletion:*",
        "city_sites_hosts:*",
        "city_sites_moving:*",
        "city_sites_desk:*",
    )
    classify(rules.for_everybody, "city_look_preview")  # draws the colors it is sent
    classify(rules.for_staff, "city_sites_host_list:*")
