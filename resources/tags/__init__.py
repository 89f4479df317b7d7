"""Keeping tags in order: renaming one, merging several, and leading old addresses on."""
