"""What readers said about a city's own guides, for the people who publish there."""
