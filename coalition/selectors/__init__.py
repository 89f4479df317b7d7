"""Reading: each function gathers what one page shows, so that its template asks the database nothing."""
