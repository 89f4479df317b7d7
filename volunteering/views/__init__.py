"""Views for everybody."""
