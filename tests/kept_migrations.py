"""A migrated SQLite file, kept from one run to the next while migrations and models stay as they are. CI keeps none."""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".pytest_cache"


def place():
    """Where the file for the code as it is now lies or would lie; None where nothing may be kept."""
    if os.environ.get("CI") == "true":
        return None
    sources = set()
    for app in apps.get_app_configs():
        path = Path(app.path)
        sources.update(path.glob("migrations/*.py"))
        if path.is_relative_to(ROOT):
            sources.update([*path.glob("models*.py"), *path.glob("models/*.py")])
    content = hashlib.sha256()
    for source in sorted(sources):
        content.update(bytes(source) + source.read_bytes())
    return FOLDER / f"migrated-{content.hexdigest()[:20]}.sqlite3"


def take(target):
    """Put the kept file at `target`. False when there is none."""
    kept = place()
    if kept is None or not kept.exists():
        return False
    shutil.copy(kept, target)
    return True


def keep(source):
    """Keep a file that was just migrated, and no older one."""
    kept = place()
    if kept is None:
        return
    FOLDER.mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=FOLDER, delete=False) as fresh:
        fresh.write(Path(source).read_bytes())
    for old in FOLDER.glob("migrated-*.sqlite3"):
        old.unlink(missing_ok=True)
    os.replace(fresh.name, kept)
