"""What an export holds, and what it could not take along."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Problem:
    """Something that is missing, and why."""

    what: str
    why: str


@dataclass
class Manifest:
    """Counts, and problems in the order they were met."""

    pages: int = 0
    drafts: int = 0
    private: int = 0
    images: int = 0
    documents: int = 0
    redirects: int = 0
    files: int = 0
    problems: list[Problem] = field(default_factory=list)

    def miss(self, what: str, why: str) -> None:
        """Note something once."""
        problem = Problem(what, why)
        if problem not in self.problems:
            self.problems.append(problem)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each kind, for the log."""
        return {**self.as_dict(), "problems": len(self.problems)}

    def as_dict(self) -> dict[str, Any]:
        """As it is written into the zip."""
        return asdict(self)
