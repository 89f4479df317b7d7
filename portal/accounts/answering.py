"""Work that is done when the answer has left, so that nobody can tell from the time what was done."""

import logging
from collections.abc import Callable

from django.http.response import HttpResponseBase

logger = logging.getLogger(__name__)


def after_answer(response: HttpResponseBase, work: Callable[[], object]) -> None:
    """Do `work` when the server closes the response: it has sent all of it by then. An error in it is logged."""
    close = response.close

    def work_then_close() -> None:
        try:
            work()
        except Exception:
            logger.exception("What was to be done after the answer failed")
        finally:
            close()

    response.close = work_then_close  # type: ignore[method-assign]
