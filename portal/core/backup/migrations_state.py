"""Whether a backup fits the code that is to read it."""

from django.db.migrations.loader import MigrationLoader

from portal.core.backup.errors import BackupError
from portal.core.backup.manifest import Manifest


def pending_after(manifest: Manifest) -> list[tuple[str, str]]:
    """Migrations of this portal that the backup has not seen.

    Raises BackupError when the backup has seen some that this portal does not know.
    """
    loader = MigrationLoader(None, ignore_no_migrations=True)
    known = set(loader.disk_migrations)
    replaced = {one for migration in loader.disk_migrations.values() for one in migration.replaces}
    seen = set(manifest.facts.migrations)
    unknown = sorted(seen - known - replaced)
    if unknown:
        names = ", ".join(f"{app}.{name}" for app, name in unknown[:3])
        raise BackupError(
            f"This backup was made by a later portal: {len(unknown)} of its migrations are unknown here ({names}). "
            "Update the portal first."
        )
    return sorted(key for key in loader.graph.nodes if key not in seen and not _covered(loader, key, seen))


def _covered(loader: MigrationLoader, key: tuple[str, str], seen: set[tuple[str, str]]) -> bool:
    """A squashed migration counts as seen when all that it replaces were."""
    replaces = loader.disk_migrations[key].replaces
    return bool(replaces) and set(replaces) <= seen
