"""One file that holds everything the portal knows, and the way back from it. `manage.py backup` and `restore`."""
