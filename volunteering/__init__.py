"""Volunteer opportunities: what they ask, when they are, who signs up, who came, and what came of it."""
