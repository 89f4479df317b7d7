"""What readers took, counted: the report for coalition staff."""
