"""What people look for, counted without keeping who they are."""
