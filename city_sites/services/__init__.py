"""What can be done to a city's site: each act is one function that saves all of it or nothing."""
