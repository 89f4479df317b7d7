"""`--second-engine`: leave out what a database engine cannot change, because the same run has seen it on another one.

Left out are tests that pytest-django does not let near the database; what they prove is the same on every engine.
The mark `engine` keeps one in, the mark `one_engine` takes one out. How many were left out is said at the end.
"""

import pytest

from tests.databases import uses_database

LEFT_OUT = pytest.StashKey()


def is_proven(item):
    """Whether the first engine's run has shown all that this test can show."""
    if item.get_closest_marker("one_engine"):
        return True
    return not uses_database(item) and not item.get_closest_marker("engine")


def pytest_addoption(parser):
    parser.addoption("--second-engine", action="store_true", help="leave out what is the same on every engine")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    if not config.getoption("--second-engine"):
        return
    left_out = [item for item in items if is_proven(item)]
    gone = set(left_out)
    items[:] = [item for item in items if item not in gone]
    config.hook.pytest_deselected(items=left_out)
    if hasattr(config, "workeroutput"):
        config.workeroutput["left_out"] = len(left_out)
    config.stash[LEFT_OUT] = len(left_out)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    """Every worker left out the same tests: the last one's word is enough."""
    node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left_out", 0)


def pytest_terminal_summary(terminalreporter, config):
    if number := config.stash.get(LEFT_OUT, 0):
        terminalreporter.write_line(f"{number} tests of what no engine changes were left to the other one.")
