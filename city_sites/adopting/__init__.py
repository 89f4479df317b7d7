"""What a city does with the guides of the library: follows them, copies them, says that it used them."""
