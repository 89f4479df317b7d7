"""The line to the server: one client, hard limits of time, and errors that say what they mean for us."""

import logging
import queue
import ssl
import threading
from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar

from elastic_transport import ApiError, TransportError
from elasticsearch import Elasticsearch, UnsupportedProductError

from search.engines.base import EngineUnavailable
from search.engines.elastic.breaker import Breaker
from search.engines.elastic.limits import Deadline

logger = logging.getLogger(__name__)
# The client has a line for each request; the breaker says once what is wrong.
logging.getLogger("elastic_transport").setLevel(logging.ERROR)
Answer = TypeVar("Answer")


class NoIndex(EngineUnavailable):
    """The server answers, but holds no index of this portal that this code can use: it has to be built."""


class Busy(EngineUnavailable):
    """The server asks to be left alone for a moment (429)."""


class Refused(EngineUnavailable):
    """The server found fault with the request itself. The server is well; trying again would not help."""


class Server:
    """The client for one URL. Nothing is asked before the first request."""

    def __init__(self, url: str) -> None:
        self._url = url

    @cached_property
    def client(self) -> Elasticsearch:
        """No retries and no sniffing: a second try would double the wait, and one URL is one address."""
        trusted: dict[str, Any] = (
            {"ssl_context": ssl.create_default_context()} if self._url.startswith("https:") else {}
        )
        return Elasticsearch(self._url, max_retries=0, retry_on_timeout=False, sniff_on_start=False, **trusted)

    def close(self) -> None:
        """Hang up."""
        if "client" in self.__dict__:
            self.client.close()


class Line:
    """A way to ask the server, with a breaker of its own: slow writing does not end the searching."""

    def __init__(self, server: Server, name: str) -> None:
        self.server = server
        self.breaker = Breaker(name)

    def ask(self, act: Callable[[Elasticsearch], Answer], deadline: Deadline) -> Answer:
        """What the act gets from the server, before the deadline. Raises EngineUnavailable or one of its kinds."""
        entered = self.breaker.enter()
        try:
            seconds = deadline.left()
            answer = within(seconds, lambda: act(self.server.client.options(request_timeout=seconds)))
        except (ApiError, TransportError, UnsupportedProductError, EngineUnavailable, OSError, ValueError) as error:
            meaning = meaning_of(error)
            if isinstance(meaning, (NoIndex, Refused)) or (isinstance(meaning, Busy) and deadline.limits.waits):
                self.breaker.worked()
            else:
                self.breaker.failed(entered, str(meaning))
            raise meaning from error
        self.breaker.worked()
        return answer


def within(seconds: float, act: Callable[[], Answer]) -> Answer:
    """What the act returns or raises; EngineUnavailable when it takes longer, whatever it is waiting for.

    A socket's own time-outs begin anew with every byte and do not count the look-up of a name. So the act has a thread
    of its own, and is left to itself when it is late.
    """
    answers: queue.SimpleQueue[tuple[bool, object]] = queue.SimpleQueue()

    def run() -> None:
        try:
            answers.put((True, act()))
        except Exception as error:  # raised where somebody waits for it
            answers.put((False, error))

    threading.Thread(target=run, name="elasticsearch", daemon=True).start()
    try:
        is_answer, answer = answers.get(timeout=seconds)
    except queue.Empty:
        raise EngineUnavailable(f"No answer within {seconds:.1f} s.") from None
    if not is_answer:
        raise answer  # type: ignore[misc]
    return answer  # type: ignore[return-value]


def sane(body: Any, part: str) -> dict[str, Any]:
    """The body of an answer, when it is one: something between us and the server may answer 200 with anything."""
    if isinstance(body, dict) and part in body:
        return body
    raise EngineUnavailable("The answer makes no sense.")


def meaning_of(error: Exception) -> EngineUnavailable:
    """What an error of the client means for us. Its text names no address and no password."""
    if isinstance(error, EngineUnavailable):
        return error
    if isinstance(error, UnsupportedProductError):
        return EngineUnavailable("What answers is not Elasticsearch.")
    if isinstance(error, ApiError):
        return _meaning_of_status(error)
    return EngineUnavailable(f"{type(error).__name__}.")


def _meaning_of_status(error: ApiError) -> EngineUnavailable:
    status = error.meta.status
    if status == 404:
        return NoIndex("There is no index.")
    if status == 429:
        return Busy("Too busy (429).")
    if status in (401, 403):
        return EngineUnavailable(f"The name and password in SEARCH_URL are refused ({status}).")
    if status == 400 or status == 413:
        logger.error("Elasticsearch found fault with a request: %s", error)
        return Refused(f"Request refused ({status}).")
    return EngineUnavailable(f"Error {status}.")
