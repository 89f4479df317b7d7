"""Mail servers in every mood, for tests: what a real one may do to us, without one."""

import smtplib
import threading
import time

from django.core.mail.backends.locmem import EmailBackend as Memory


class Counting(Memory):
    """Takes every mail, slowly, and counts; many threads may use it at once."""

    lock = threading.Lock()
    taken: list[str] = []

    def send_messages(self, messages):
        time.sleep(0.02)
        with self.lock:
            self.taken.extend(message.subject for message in messages)
        return len(messages)


class Down(Memory):
    """Nobody answers."""

    calls = 0

    def open(self):
        type(self).calls += 1
        raise ConnectionRefusedError("Connection refused")


class Refusing(Memory):
    """Answers, and says no."""

    def send_messages(self, messages):
        raise smtplib.SMTPDataError(451, b"greylisted, try later")


class Silent(Memory):
    """Takes the mail, then the line goes dead before the answer."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise TimeoutError("timed out")


class Killed(Memory):
    """The process dies while the mail server has the mail."""

    def send_messages(self, messages):
        raise SystemExit


class RudeGoodbye(Memory):
    """Takes the mail and breaks the connection instead of closing it."""

    def close(self):
        raise smtplib.SMTPServerDisconnected("bye")
