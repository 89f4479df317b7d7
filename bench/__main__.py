"""`python -m bench`: builds a coalition of real size in a throw-away database and measures what people wait for."""

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("REAL_DATA_DIR", ROOT.parent / "shared" / "data"))


def main() -> int:
    """Run every measurement; exit code 1 when a bar is missed or the real data is not there."""
    if not (DATA / "cities.csv").exists():
        sys.stderr.write(
            f"The real data is not at {DATA}. Set REAL_DATA_DIR to the folder with cities.csv and zips.csv.\n"
        )
        return 1
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        os.environ["VAR_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
        import django

        django.setup()
        from bench.coalition import measure

        return 0 if measure(DATA) else 1


if __name__ == "__main__":
    sys.exit(main())
