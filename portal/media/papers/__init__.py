"""Documents are what their name says: a check for each kind of file, by what is in it."""
