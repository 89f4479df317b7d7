"""Who keeps what about people: see, download and erase one's own data, whatever room it is in."""
