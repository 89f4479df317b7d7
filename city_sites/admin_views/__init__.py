"""Admin pages of city sites."""
