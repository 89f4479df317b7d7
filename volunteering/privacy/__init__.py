"""Whose data this room keeps, for how long, and how it is shown and erased."""

from volunteering.privacy.registering import register_personal_data

__all__ = ["register_personal_data"]
