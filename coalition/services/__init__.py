"""What can be done to a city: each act is one function that saves all of it or nothing."""
