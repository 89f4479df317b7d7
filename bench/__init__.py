"""Measurements on real input. `make bench` prints them; figures of one machine compare with each other only."""
