"""The demo's content files."""

from pathlib import Path
from typing import Any

from portal.core.bilingual import Words, both
from portal.core.bilingual import read as read_file

__all__ = ["CONTENT", "Words", "both", "names", "read"]

CONTENT = Path(__file__).resolve().parent.parent / "content"


def read(name: str) -> dict[str, Any]:
    """One file of `content/`, as in `read("pages/about")`."""
    return read_file(CONTENT / f"{name}.toml")


def names(folder: str) -> list[str]:
    """The files of a folder of `content/` as `read` takes them, by name."""
    return [f"{folder}/{path.stem}" for path in sorted((CONTENT / folder).glob("*.toml"))]
