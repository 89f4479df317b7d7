"""What is asked of city sites, without changing anything."""
