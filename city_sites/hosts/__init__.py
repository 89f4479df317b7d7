"""Host names of cities: which names may be asked for, where they point, and which are at work."""
