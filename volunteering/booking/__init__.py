"""Signing up without ever overselling: places, holds, the waitlist, offers, changes, and the mails about them."""
