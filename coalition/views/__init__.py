"""What the public sees of the cities: the finder, the list of members, and the list as open data."""
