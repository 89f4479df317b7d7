"""The rejects file: the bad rows as they were, each with the reason, to be mended and imported."""

import json
from collections.abc import Sequence
from pathlib import Path

from resources.importing.source import RowError


def write_rejects(bad: Sequence[RowError], path: Path) -> None:
    """Write JSON lines: what the row said, where it stood, and the reason. Raises OSError when it cannot be done.

    The import takes no notice of those two, so a mended file can be imported as it is.
    """
    with path.open("w", encoding="utf-8") as file:
        for each in bad:
            said = _said(each) | {"rejected_from": f"{each.file}:{each.line}", "rejected_because": str(each)}
            file.write(json.dumps(said, ensure_ascii=False) + "\n")


def _said(bad: RowError) -> dict[str, object]:
    try:
        found = json.loads(bad.text)
    except (ValueError, RecursionError):
        return {"text": bad.text}
    return found if isinstance(found, dict) else {"text": bad.text}
