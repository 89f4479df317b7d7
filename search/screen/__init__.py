"""What the search page shows, prepared for its templates."""
