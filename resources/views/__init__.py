"""What the addresses below a resource answer."""
