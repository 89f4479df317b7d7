"""Where volunteering takes part in Wagtail. Each subject has a module, which registers its hooks."""

from volunteering import import_hooks, page_hooks, shift_hooks, team_hooks  # noqa: F401
