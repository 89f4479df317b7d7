"""The shifts screen in the admin: when opportunities take place, as a list and as a month, and acts on a shift."""
