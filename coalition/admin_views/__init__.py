"""Pages of the staff admin about cities."""
