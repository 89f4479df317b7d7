"""When shifts are: rules of repetition on a city's clock, and the shifts that they make."""
