"""One volunteer website for each member city: its home page, look, menu, hosts, people's first steps and health."""
