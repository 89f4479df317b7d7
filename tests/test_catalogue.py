"""The Spanish catalogue is complete, compiled, and as new as the code."""

import re
import shutil
import subprocess
import sys

import polib
import pytest

from conftest import ROOT, missing

PO = ROOT / "locale" / "es" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")


@pytest.fixture(scope="module")
def catalogue():
    return polib.pofile(str(PO))


def test_every_interface_string_has_its_spanish(catalogue):
    assert len(catalogue) > 200
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


def test_spanish_keeps_every_placeholder(catalogue):
    wrong = []
    for entry in catalogue:
        texts = list(entry.msgstr_plural.values()) or [entry.msgstr]
        wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        found = [set(PLACEHOLDER.findall(text)) for text in texts]
        if wanted not in found or any(extra - wanted for extra in found):
            wrong.append(entry.msgid)
    assert wrong == []


def test_compiled_catalogue_is_the_written_one(catalogue):
    compiled = {entry.msgid: entry for entry in polib.mofile(str(PO.with_suffix(".mo")))}
    written = {entry.msgid: entry for entry in catalogue if not entry.obsolete}
    assert compiled.keys() == written.keys()
    differing = [
        key
        for key, entry in written.items()
        if (entry.msgstr, entry.msgstr_plural) != (compiled[key].msgstr, compiled[key].msgstr_plural)
    ]
    assert differing == []


@pytest.mark.slow
def test_no_string_of_the_code_is_missing_from_the_catalogue(tmp_path, catalogue):
    if not shutil.which("xgettext"):
        missing("GNU gettext", "Install it (Debian: apt-get install gettext).")
    tree = tmp_path / "tree"
    shutil.copytree(
        ROOT, tree, ignore=shutil.ignore_patterns(".venv", "node_modules", "var", ".git", "*_cache", "tests")
    )
    command = [sys.executable, "manage.py", "makemessages", "--locale", "es", "--no-obsolete", "--no-wrap"]
    subprocess.run(command, cwd=tree, check=True, capture_output=True, timeout=120)
    fresh = polib.pofile(str(tree / PO.relative_to(ROOT)))
    known = {(entry.msgctxt, entry.msgid) for entry in catalogue}
    assert sorted(entry.msgid for entry in fresh if (entry.msgctxt, entry.msgid) not in known) == []
