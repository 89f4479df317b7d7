"""Uploads as a city editor sends them, through the admin."""
