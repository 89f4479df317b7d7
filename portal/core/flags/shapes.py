"""The strokes a flag is drawn with: SVG shapes as strings, in units of a flag 60 wide and 40 high."""

import math

WIDTH, HEIGHT = 60, 40


def n(value: float) -> str:
    """A short number: one decimal, no trailing zero."""
    return f"{value:.1f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))


def path(data: str, fill: str) -> str:
    """A filled path."""
    return f'<path fill="{fill}" d="{data}"/>'


def line(data: str, color: str, width: float) -> str:
    """A stroked path."""
    return f'<path fill="none" stroke="{color}" stroke-width="{n(width)}" d="{data}"/>'


def rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    """A rectangle from its upper left corner."""
    return path(f"M{n(x)} {n(y)}h{n(width)}v{n(height)}h{n(-width)}z", fill)


def shape(points: list[tuple[float, float]], fill: str) -> str:
    """A polygon."""
    return path("M" + "L".join(f"{n(x)} {n(y)}" for x, y in points) + "z", fill)


def disc(x: float, y: float, radius: float, fill: str) -> str:
    """A filled circle."""
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(radius)}" fill="{fill}"/>'


def hoop(x: float, y: float, radius: float, color: str, width: float) -> str:
    """A stroked circle; the radius is that of the stroke's middle."""
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(radius)}" fill="none" stroke="{color}" stroke-width="{n(width)}"/>'


def star(x: float, y: float, radius: float, fill: str, points: int = 5, inner: float = 0.4, turn: float = -90) -> str:
    """A star of any number of points. `inner` is the inner radius as a share of the outer, `turn` is in degrees."""
    corners = []
    for i in range(points * 2):
        angle = math.radians(turn + i * 180 / points)
        reach = radius if i % 2 == 0 else radius * inner
        corners.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    return shape(corners, fill)


def wave(y: float, color: str, depth: float | None, size: float = 3, length: float = 20) -> str:
    """A wavy band `depth` high centered on y, or everything from y to the foot when depth is None."""
    half = length / 2
    crest = f"M-{n(half)} {n(y)}q{n(half / 2)} {n(-2 * size)} {n(half)} 0"
    crest += f"t{n(half)} 0" * math.ceil((WIDTH + half) / half)
    if depth is None:
        return path(f"{crest}V{HEIGHT}H-{n(half)}z", color)
    return line(crest, color, depth)
