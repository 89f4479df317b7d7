"""One search over everything: what is found, in which order, and who may find it."""
