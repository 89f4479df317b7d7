"""The JSON interface: reading what is asked, shaping what is answered, keeping it for a moment, describing it."""
