"""Stops keeping an upload as soon as it is too large, without losing what was typed beside it."""

import io
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class TooLargeFile(UploadedFile):
    """Stands for a file that was not kept: its name and its true size, and nothing in it. Forms refuse it by size."""


class CappedUploadHandler(FileUploadHandler):
    """The first of FILE_UPLOAD_HANDLERS: passes on what may be kept and lets the rest run through its fingers.

    The files of one request together may take UPLOAD_MAX_BYTES of memory and disk. A request that says beforehand that
    it is larger than UPLOAD_STOP_BYTES is refused unread.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._kept = 0
        self._is_over = False

    def handle_raw_input(
        self, input_data: Any, meta: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        """Raises RequestDataTooBig (answered with 400) for a request that nobody sends by mistake."""
        if content_length > settings.UPLOAD_STOP_BYTES:
            raise RequestDataTooBig("The request is larger than UPLOAD_STOP_BYTES.")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Each file starts with what the ones before it left over."""
        super().new_file(*args, **kwargs)
        self._is_over = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The chunk for the handlers behind this one, or nothing once it is too much."""
        if self._is_over or self._kept + len(raw_data) > settings.UPLOAD_MAX_BYTES:
            self._give_up()
            return None
        self._kept += len(raw_data)
        return raw_data

    def _give_up(self) -> None:
        """What the handlers behind this one kept of the file so far goes at once, not when the request is over."""
        if self._is_over:
            return
        self._is_over = True
        for handler in self.request.upload_handlers if self.request else ():
            if handler is not self:
                handler.upload_interrupted()

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Nothing, so that a handler behind this one answers; or the stand-in for a file that was too large."""
        if not self._is_over:
            return None
        return TooLargeFile(io.BytesIO(), self.file_name, self.content_type, file_size, self.charset)
