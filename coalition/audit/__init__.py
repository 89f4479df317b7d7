"""The audit log: who did what, when. Staff read all of Wagtail's own log, a lead what concerns their city."""
