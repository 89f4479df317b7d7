"""Reading lists of cities and ZIP codes from CSV files: check every row, write the good ones, report the bad ones."""
