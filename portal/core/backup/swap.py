"""Exchanges the contents of the folders, with a journal: after a kill at any point it is known which way to go."""

import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from portal.core.backup.folders import KEPT, RESERVED, STAGED, folders


@dataclass(frozen=True)
class Change:
    """One folder: what stands in it, and what is to stand there."""

    root: str
    old: list[str]
    new: list[str]


@dataclass(frozen=True)
class Journal:
    """Written before the first rename, removed after the last."""

    token: str
    changes: list[Change]


def journal_path() -> Path:
    """Beside the rest of what the portal writes."""
    return Path(settings.VAR_DIR) / "restore.journal"


def begin(token: str) -> Journal:
    """Note what is about to happen, on the disk."""
    changes = []
    for root in folders().values():
        if (root / STAGED).is_dir():
            old = sorted(name for name in os.listdir(root) if name not in RESERVED)
            changes.append(Change(str(root), old, sorted(os.listdir(root / STAGED))))
    journal = Journal(token, changes)
    path = journal_path()
    part = path.with_name(path.name + ".part")
    with open(part, "w") as out:
        json.dump(asdict(journal), out)
        out.flush()
        os.fsync(out.fileno())
    os.replace(part, path)
    return journal


def find() -> Journal | None:
    """The journal of a restore that did not end."""
    try:
        data = json.loads(journal_path().read_text())
    except FileNotFoundError:
        return None
    return Journal(data["token"], [Change(**change) for change in data["changes"]])


def forward(journal: Journal) -> None:
    """The old out of the way, the new in its place."""
    for change in journal.changes:
        root = Path(change.root)
        (root / KEPT).mkdir(exist_ok=True)
        for name in change.old:
            os.rename(root / name, root / KEPT / name)
        for name in change.new:
            os.rename(root / STAGED / name, root / name)


def back(journal: Journal) -> None:
    """Everything as it was, wherever `forward` stopped. May be run again when it is itself interrupted."""
    for change in journal.changes:
        root = Path(change.root)
        for name in change.new:
            stands_there = name not in change.old or (root / KEPT / name).exists()
            if stands_there and (root / name).exists() and not (root / STAGED / name).exists():
                (root / STAGED).mkdir(exist_ok=True)
                os.rename(root / name, root / STAGED / name)
        for name in change.old:
            if (root / KEPT / name).exists():
                os.rename(root / KEPT / name, root / name)


def end() -> None:
    """From here on there is nothing to decide any more."""
    journal_path().unlink(missing_ok=True)


def clean() -> None:
    """Remove what was unpacked and what was kept. Only without a journal."""
    for root in folders().values():
        for name in RESERVED:
            shutil.rmtree(root / name, ignore_errors=True)
