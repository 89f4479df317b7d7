"""Servers on real sockets that behave as a broken Elasticsearch does."""

import http.client
import json
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

HEADERS = {"X-Elastic-Product": "Elasticsearch", "Content-Type": "application/json"}
WAYS = ["refused", "503", "429", "401", "hanging", "trickling", "red", "silent", "stranger"]
"""refused: nothing listens. hanging: takes the request and never answers. trickling: a byte now and then, without end.
silent: takes the connection, not the request. stranger: something else answers there."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64


class Failing:
    """A server of one kind of failure; counts the requests that came."""

    def __init__(self, way, port=0):
        self.way = way
        self.asked = []
        self.headers = []
        self._over = threading.Event()
        self._server = self._socket = None
        if way in ("refused", "silent"):
            self._socket = socket.create_server(("127.0.0.1", port))
            self.port = self._socket.getsockname()[1]
            if way == "refused":
                self._socket.close()
        else:
            self._server = _Server(("127.0.0.1", port), self._handler())
            self.port = self._server.server_port
            threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def stop(self):
        self._over.set()
        if self._server:
            self._server.shutdown()
            self._server.server_close()
        elif self._socket:
            self._socket.close()

    def _handler(self):
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def __getattr__(self, name):
                if name.startswith("do_"):
                    return self.answer
                raise AttributeError(name)

            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                outer.asked.append(self.path)
                outer.headers.append(dict(self.headers))
                outer.respond(self, body)

            def log_message(self, *args):
                pass

        return Handler

    def respond(self, handler, body):
        """Fail."""
        if self.way.isdigit():
            return reply(handler, int(self.way), {"error": {"type": "unavailable"}, "status": int(self.way)})
        if self.way == "red":
            return reply(handler, 200, {"status": "red", "indices": {"x": {"status": "red"}}})
        if self.way == "stranger":
            return reply(handler, 200, {}, headers={})
        if self.way == "trickling":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        while not self._over.wait(0.1):
            if self.way == "trickling":
                try:
                    handler.wfile.write(b" ")
                except OSError:
                    return None
        handler.close_connection = True
        return None


class Between(Failing):
    """Passes everything on to a real server while its way is "through"."""

    def __init__(self, url):
        super().__init__("through")
        self.target = urlsplit(url)
        self.delay = 0.0
        self.failures = 0

    def fail(self, way, *, times=1_000_000):
        """Fail in this way for so many requests."""
        self.way, self.failures = way, times

    def recover(self):
        """Let everything through again."""
        self.way = "through"

    def respond(self, handler, body):
        time.sleep(self.delay)
        if self.way != "through" and self.failures > 0:
            self.failures -= 1
            return super().respond(handler, body)
        connection = http.client.HTTPConnection(self.target.hostname, self.target.port, timeout=30)
        headers = {name: value for name, value in handler.headers.items() if name.lower() != "host"}
        connection.request(handler.command, handler.path, body, headers)
        response = connection.getresponse()
        data = response.read()
        connection.close()
        kept = {"X-Elastic-Product": "Elasticsearch", "Content-Type": response.headers["Content-Type"] or "text/plain"}
        return reply(handler, response.status, data, headers=kept)


def reply(handler, status, body, headers=HEADERS):
    """Send an answer."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(data)))
    handler.end_headers()
    if handler.command != "HEAD":
        handler.wfile.write(data)
