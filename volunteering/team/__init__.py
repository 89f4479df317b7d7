"""What a city's team does with those who signed up: rosters, messages, hours, figures."""
