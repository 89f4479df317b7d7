"""The desk of a city's team: what its people meet first in the admin."""
