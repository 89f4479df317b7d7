"""The drawing of an opportunity: its pictogram on a big road sign, in a landscape of its own, in its city's colors.

A hash of the opportunity's name for all languages picks weather, horizon and ground, and the pictogram what stands
beside the sign, so a page looks the same each time and unlike its neighbor. Colors are classes: the city's theme fills
them, by day and by night (css/components/volunteer.css).
"""

import hashlib
from collections.abc import Callable
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

from portal.core.icons import DRAWINGS, PICTOGRAMS

WIDTH, HEIGHT, GROUND = 1440, 300, 250
SIGN_X, SIGN_SIDE = 720, 172
"""The sign stands in the middle, where every screen shows it."""

Dice = list[int]


def path(css: str, data: str) -> str:
    """A filled path."""
    return f'<path class="{css}" d="{data}"/>'


def disc(css: str, x: float, y: float, radius: float) -> str:
    """A filled circle."""
    return f'<circle class="{css}" cx="{x:g}" cy="{y:g}" r="{radius:g}"/>'


def box(css: str, x: float, y: float, width: float, height: float) -> str:
    """A rectangle."""
    return path(css, f"M{x:g} {y:g}h{width:g}v{height:g}h{-width:g}z")


def tree(x: float, size: float) -> str:
    """A round tree; `size` is its height."""
    trunk = box("a-dark", x - size * 0.045, GROUND - size * 0.45, size * 0.09, size * 0.45)
    crown = disc("a-leaf", x, GROUND - size * 0.66, size * 0.34)
    return trunk + crown + disc("a-light", x + size * 0.1, GROUND - size * 0.74, size * 0.14)


def pine(x: float, size: float) -> str:
    """A pointed tree."""
    drawn = box("a-dark", x - size * 0.04, GROUND - size * 0.2, size * 0.08, size * 0.2)
    for top, wide in ((1.0, 0.2), (0.78, 0.26), (0.56, 0.32)):
        foot = GROUND - size * (top - 0.4)
        drawn += path("a-leaf", f"M{x:g} {GROUND - size * top:g}L{x + size * wide:g} {foot:g}H{x - size * wide:g}z")
    return drawn


def house(x: float, wide: float, high: float, css: str = "a-wall") -> str:
    """A house with a roof, a door and a window."""
    top = GROUND - high
    roof = f"M{x - wide * 0.08:g} {top:g}L{x + wide / 2:g} {top - wide * 0.42:g}L{x + wide * 1.08:g} {top:g}z"
    door = box("a-dark", x + wide * 0.14, GROUND - high * 0.6, wide * 0.22, high * 0.6)
    pane = box("a-pane", x + wide * 0.54, GROUND - high * 0.72, wide * 0.3, high * 0.34)
    return box(css, x, top, wide, high) + path("a-roof", roof) + door + pane


def block(x: float, wide: float, high: float) -> str:
    """A building with rows of windows."""
    drawn = box("a-wall", x, GROUND - high, wide, high) + box("a-roof", x - 4, GROUND - high - 10, wide + 8, 12)
    for row in range(int((high - 40) // 34)):
        for column in range(int((wide - 12) // 30)):
            drawn += box("a-pane", x + 12 + column * 30, GROUND - high + 18 + row * 34, 16, 20)
    return drawn + box("a-dark", x + wide / 2 - 11, GROUND - 36, 22, 36)


def person(x: float, high: float, css: str = "a-first") -> str:
    """Somebody who stands there."""
    head, half = high * 0.16, high * 0.19
    top = GROUND - high + 2 * head + 2
    body = f"M{x - half:g} {GROUND:g}V{top + half:g}q0 {-half:g} {half:g} {-half:g}t{half:g} {half:g}V{GROUND:g}z"
    return disc("a-dark", x, GROUND - high + head, head) + path(css, body)


def bench(x: float) -> str:
    """A bench."""
    legs = box("a-dark", x + 10, GROUND - 26, 6, 26) + box("a-dark", x + 84, GROUND - 26, 6, 26)
    return legs + box("a-wood", x, GROUND - 34, 100, 9) + box("a-wood", x, GROUND - 56, 100, 9)


def shelter(x: float) -> str:
    """A bus stop with a roof."""
    posts = box("a-dark", x, GROUND - 118, 7, 118) + box("a-dark", x + 143, GROUND - 118, 7, 118)
    glass = box("a-pane", x + 7, GROUND - 104, 136, 74)
    return glass + posts + box("a-roof", x - 12, GROUND - 130, 174, 14) + bench(x + 24)


def crates(x: float) -> str:
    """Boxes full of something good."""
    stacked = ((x, 0), (x + 66, 0), (x + 33, 44))
    drawn = "".join(box("a-wood", left, GROUND - 40 - up, 58, 40) for left, up in stacked)
    lids = "".join(box("a-dark", left, GROUND - 26 - up, 58, 4) for left, up in stacked)
    apples = "".join(disc("a-second", x + 43 + step * 18, GROUND - 90, 10) for step in range(3))
    return apples + drawn + lids


def beds(x: float) -> str:
    """A raised bed with plants."""
    leaves = "".join(path("a-leaf", f"M{x + 14 + 26 * i:g} {GROUND - 30}q-14 -16 0 -34q14 18 0 34z") for i in range(6))
    return leaves + box("a-wood", x, GROUND - 32, 160, 32) + box("a-dark", x, GROUND - 18, 160, 3)


def _green(side: int) -> str:
    return tree(150, 150) + tree(262, 110) + beds(330) + person(535, 96) + person(590, 84, "a-second") + _woods(side)


def _woods(side: int) -> str:
    pair = (pine, tree) if side else (tree, pine)
    return pair[0](905, 160) + pair[1](1010, 120) + pair[0](1120, 176) + pair[1](1240, 132) + pair[0](1350, 154)


def _street(side: int) -> str:
    left = house(110, 130, 92) + house(290, 150, 112, "a-first" if side else "a-second") + tree(500, 118)
    right = house(905, 140, 104, "a-second" if side else "a-first") + house(1090, 120, 88) + tree(1290, 140)
    return left + right + person(570, 92) + person(860, 88, "a-second")


def _stop(side: int) -> str:
    return block(90, 160, 150) + tree(310, 130) + shelter(400) + person(590, 94) + _row_of(side) + tree(1300, 120)


def _row_of(side: int) -> str:
    return block(900, 132, 176 if side else 130) + block(1056, 160, 120 if side else 168)


def _table(side: int) -> str:
    left = house(110, 150, 104, "a-second" if side else "a-first") + crates(330) + person(500, 96) + person(560, 84)
    return left + person(880, 98, "a-second") + crates(940) + person(1100, 90) + tree(1210, 130) + tree(1330, 104)


def _school(side: int) -> str:
    flag = box("a-dark", 222, 40, 5, 92) + path("a-second", "M227 42l58 16-58 16z")
    left = block(100, 250, 118) + flag + tree(420, 120) + person(520, 70)
    children = person(580, 96, "a-second") + person(868, 66, "a-second")
    right = children + bench(920) + tree(1090, 150) + block(1180, 170, 96)
    return left + right if side else left + person(604, 62) + right


def _square(side: int) -> str:
    heights = (92, 78, 98, 84) if side else (80, 96, 74, 94)
    crowd = "".join(person(350 + 62 * i, high, "a-first" if i % 2 else "a-second") for i, high in enumerate(heights))
    return block(110, 160, 136) + crowd + person(880, 92) + bench(930) + _row_of(side) + tree(1320, 128)


BESIDE: dict[str, Callable[[int], str]] = {
    "tree": _green, "drop": _green, "sun": _green, "paw": _green, "map": _green, "boots": _green,
    "house": _street, "wrench": _street, "bolt": _street, "hand": _street, "link": _street,
    "bus": _stop, "skyline": _stop, "flag": _stop, "case": _stop, "screen": _stop,
    "bowl": _table, "heart": _table, "coin": _table,
    "book": _school, "cap": _school,
    "people": _square, "talk": _square, "horn": _square,
}  # fmt: skip


def _sky(dice: Dice) -> str:
    drawn = box("a-sky", 0, 0, WIDTH, HEIGHT)
    x = 180 + dice[0] % 5 * 90 if dice[0] % 2 else 1260 - dice[0] % 5 * 90
    drawn += disc("a-sun", x, 60 + dice[1] % 40, 40 + dice[1] % 14)
    for i in range(2 + dice[2] % 2):
        left, top = (dice[3] * (i + 3) * 37) % 1300, 28 + (dice[4] * (i + 1)) % 60
        drawn += path("a-cloud", f"M{left} {top + 26}q-2 -22 24 -22q10 -18 34 -8q28 -10 34 14q22 -2 22 16z")
    return drawn


def _horizon(dice: Dice) -> str:
    shift = dice[5] % 160 - 80
    kinds = (
        f"M0 300V190Q{240 + shift} 100 480 176T960 164T1440 150V300z",
        f"M0 300V200L{200 + shift} 110L360 178L560 92L{760 + shift} 190L1010 104L1200 182L1440 120V300z",
        f"M0 300V196H{180 + shift}L230 122H430L470 190H820L{880 + shift / 2} 134H1150L1200 186H1440V300z",
        f"M0 300V180{_roofs(dice)}H1440V300z",
    )
    near = f"M0 300V232Q{300 - shift} 176 640 222T1440 206V300z"
    return path("a-far", kinds[dice[8] % 4]) + path("a-near", near)


def _roofs(dice: Dice) -> str:
    """A skyline: up, along, down, along."""
    steps = ((44 + (dice[6] * i) % 40, (-1) ** i * (22 + (dice[7] * i) % 46)) for i in range(1, 20))
    return "".join(f"h{along}v{up}" for along, up in steps)


def _ground(dice: Dice) -> str:
    drawn = box("a-ground", 0, GROUND, WIDTH, HEIGHT - GROUND)
    if dice[9] % 3 == 0:
        return (
            drawn
            + box("a-road", 0, GROUND + 14, WIDTH, 50)
            + "".join(box("a-line", 20 + 120 * i, GROUND + 31, 66, 6) for i in range(12))
        )
    if dice[9] % 3 == 1:
        crest = f"M0 {GROUND + 26}q30 -12 60 0" + "t60 0" * 23 + "V300H0z"
        return drawn + path("a-water", crest)
    return drawn + "".join(
        path("a-tuft", f"M{(i * 97 + dice[10]) % 1440} {GROUND + 30}l5 -14l5 14z") for i in range(18)
    )


def _sign(pictogram: str) -> str:
    half, side = SIGN_SIDE / 2, SIGN_SIDE + 14
    left, top = SIGN_X - half, GROUND - 24 - SIGN_SIDE
    posts = box("a-post", SIGN_X - 44, top + 40, 12, GROUND - top - 40) + box(
        "a-post", SIGN_X + 32, top + 40, 12, GROUND - top - 40
    )
    plate = (
        f'<rect class="a-plate" x="{left - 7:g}" y="{top - 7:g}" width="{side}" height="{side}" rx="21"/>'
        f'<rect class="a-sign" x="{left:g}" y="{top:g}" width="{SIGN_SIDE}" height="{SIGN_SIDE}" rx="15"/>'
    )
    place = f'x="{left + 22:g}" y="{top + 22:g}" width="{SIGN_SIDE - 44}" height="{SIGN_SIDE - 44}"'
    return posts + plate + f'<svg class="a-picto" {place} viewBox="0 0 40 40">{_pictogram(pictogram)}</svg>'


@lru_cache(maxsize=64)
def _pictogram(name: str) -> str:
    """The shapes of a pictogram, without the element around them."""
    known = name if name in PICTOGRAMS else "hand"
    drawn = (DRAWINGS / "pictograms" / f"{known}.svg").read_text(encoding="utf-8")
    return drawn.partition(">")[2].rpartition("</svg>")[0]


@lru_cache(maxsize=512)
def scene(pictogram: str, family: str) -> SafeString:
    """The drawing as inline SVG, hidden from screen readers: the words around it say more."""
    dice = list(hashlib.sha256(family.encode()).digest())
    beside = BESIDE.get(pictogram, _street)(dice[11] % 2)
    shapes = _sky(dice) + _horizon(dice) + _ground(dice) + beside + _sign(pictogram)
    fitted = f'viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="xMidYMax slice"'
    opening = f'<svg class="scene-art" {fitted} aria-hidden="true">'
    return mark_safe(f"{opening}{shapes}</svg>")  # nosec B308, B703 - our own shapes and numbers
