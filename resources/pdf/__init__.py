"""Guides and playbooks as PDF, made by WeasyPrint on a machine that has Pango."""

import importlib
import logging
import os
from functools import cache

from PIL import ImageFile

logger = logging.getLogger(__name__)
TALKATIVE = ("fontTools", "weasyprint.progress")
"""Loggers that write dozens of lines for each PDF."""


def is_available() -> bool:
    """Whether a PDF can be made here: not without Pango, a library of the system, and not with PORTAL_PDF=off."""
    return os.environ.get("PORTAL_PDF", "on").lower() != "off" and _has_pango()


@cache
def _has_pango() -> bool:
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    try:
        importlib.import_module("weasyprint")
        ImageFile.LOAD_TRUNCATED_IMAGES = False  # that import turned it on; uploads are to be whole
    except (ImportError, OSError) as error:  # OSError: the package is there, the library that it loads is not
        logger.warning("No PDF can be made here, the print view stands in for it: %s", str(error).partition("\n")[0])
        return False
    return True
