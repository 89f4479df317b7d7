"""What people fill in: to sign up, to change it, to agree for a child."""
