"""What the library adds to the admin; each part stands beside what it serves."""

from resources import access_hooks, downloads_hooks, upkeep_hooks  # noqa: F401  (each registers itself)
