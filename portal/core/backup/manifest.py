"""What a backup says about itself."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from portal.core.backup.errors import BackupError, DamagedError

FORMAT = 1


@dataclass(frozen=True)
class Sum:
    """How large a file is, and its SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Facts:
    """What the database held at the moment of its snapshot."""

    tables: dict[str, int]
    migrations: list[tuple[str, str]]
    server: str


@dataclass(frozen=True)
class Manifest:
    """The whole contents. `files` is keyed by the name inside the archive; `missing` are files that rows name but
    nobody has; `left_out` are links and the like, which are not copied."""

    made_at: str
    engine: str
    database: str
    facts: Facts
    versions: dict[str, str]
    files: dict[str, Sum]
    missing: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    format: int = FORMAT

    @property
    def size(self) -> int:
        """Bytes that unpacking takes."""
        return sum(one.size for one in self.files.values())

    @property
    def rows(self) -> int:
        """Rows of all tables together."""
        return sum(self.facts.tables.values())

    def to_json(self) -> bytes:
        """The same text for the same contents."""
        return json.dumps(asdict(self), indent=1, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogateescape")


def from_json(text: bytes) -> Manifest:
    """Raises BackupError for a format of a later portal, DamagedError for anything that does not fit."""
    try:
        data: dict[str, Any] = json.loads(text.decode("utf-8", "surrogateescape"))
        if int(data["format"]) > FORMAT:
            raise BackupError(
                f"This backup has format {data['format']}, and this portal reads up to {FORMAT}. "
                "Restore it with the portal that made it, or a later one."
            )
        facts = data.pop("facts")
        migrations = [(str(app), str(name)) for app, name in facts.pop("migrations")]
        files = {str(name): Sum(**one) for name, one in data.pop("files").items()}
        return Manifest(facts=Facts(migrations=migrations, **facts), files=files, **data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DamagedError("This backup's list of contents cannot be read.") from error
