"""Finding an opportunity: wishes, lists, months, maps, feeds."""
