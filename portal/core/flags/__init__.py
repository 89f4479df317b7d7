"""Every city flies a flag: a name, a state and two colors make a flag, a seal and a pennant, always the same ones.

The rules are those of good flag design: at most three colors (two brand colors and white), one division of the
field, one kind of emblem, light always against dark.
"""

from portal.core.flags.drawing import drawing, flag_svg, pennant_svg, seal_svg
from portal.core.flags.pairs import PAIRS, default_colors
from portal.core.flags.rules import CURRENT_VERSION, Plan, plan

__all__ = [
    "CURRENT_VERSION",
    "PAIRS",
    "Plan",
    "default_colors",
    "drawing",
    "flag_svg",
    "pennant_svg",
    "plan",
    "seal_svg",
]
