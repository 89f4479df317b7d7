"""What coalition staff may do with cities. The setup command gives these rights to the group "Coalition staff"."""

_KEPT_BY_STAFF = ["city", "cityalias", "cityzip", "contact", "siteplan", "sponsor"]

STAFF_PERMISSIONS = [
    *(f"coalition.{act}_{model}" for model in _KEPT_BY_STAFF for act in ("view", "add", "change", "delete")),
    # The log of steps is written by the act itself, and is never altered by hand.
    "coalition.view_membershipevent",
]
"""Permissions as "app.codename"."""
