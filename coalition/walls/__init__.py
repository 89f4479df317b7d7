"""The walls between cities: what somebody who is not coalition staff may open in the admin, denied by default.

Every admin address is classified (`classify`), and the middleware asks its rule before the view runs. What nobody has
classified is closed.
"""
