"""Makes the demo coalition from the files in `content/`: offline, in one transaction, the same each time."""
