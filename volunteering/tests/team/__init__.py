"""Tests of rosters, hours and figures that need no city site."""
