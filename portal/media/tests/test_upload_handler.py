import io

import pytest
from django.http import HttpResponse
from django.test import RequestFactory, override_settings

from portal.media.upload_handlers import TooLargeFile

MB = 1024 * 1024


class Counting(io.RawIOBase):
    """A body of `size` bytes that is made while it is read, and counts what was read."""

    def __init__(self, size, name="plan.pdf"):
        start = (
            f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: application/pdf\r\n\r\n"
        )
        end = '\r\n--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nTyped before\r\n--x--\r\n'
        self.parts = [start.encode(), b"y" * size, end.encode()]
        self.body = io.BytesIO(b"".join(self.parts))
        self.length = len(self.body.getvalue())
        self.read_bytes = 0

    def read(self, size=-1):
        data = self.body.read(size)
        self.read_bytes += len(data)
        return data


def post(body):
    return RequestFactory().generic(
        "POST", "/", b"",
        **{"CONTENT_TYPE": "multipart/form-data; boundary=x", "wsgi.input": body, "CONTENT_LENGTH": str(body.length)},
    )  # fmt: skip


@pytest.fixture
def incoming(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    return tmp_path


def test_a_file_that_is_too_large_is_not_kept_but_its_size_and_the_other_fields_are(incoming):
    request = post(Counting(100 * MB))
    sent = request.FILES["file"]
    assert isinstance(sent, TooLargeFile)
    assert (sent.name, sent.size, sent.read()) == ("plan.pdf", 100 * MB, b"")
    assert request.POST["title"] == "Typed before"
    assert list(incoming.iterdir()) == []


def test_a_file_that_fits_comes_whole(incoming):
    sent = post(Counting(19 * MB)).FILES["file"]
    assert (sent.size, len(sent.read())) == (19 * MB, 19 * MB)
    sent.close()
    assert list(incoming.iterdir()) == []


def test_files_share_what_one_request_may_bring(incoming):
    body = io.BytesIO()
    for number in range(4):
        body.write(
            f'--x\r\nContent-Disposition: form-data; name="file"; filename="{number}.pdf"\r\n\r\n'.encode()
            + b"y" * 8 * MB + b"\r\n"
        )  # fmt: skip
    body.write(b"--x--\r\n")
    data = body.getvalue()
    request = RequestFactory().generic("POST", "/", data, content_type="multipart/form-data; boundary=x")
    kept = [len(sent.read()) for sent in request.FILES.getlist("file")]
    assert kept == [8 * MB, 8 * MB, 0, 0]


@pytest.mark.django_db
@override_settings(UPLOAD_STOP_BYTES=30 * MB)
def test_a_request_beyond_all_measure_is_refused_unread(client):
    body = Counting(31 * MB)
    request = post(body)
    with pytest.raises(Exception, match="UPLOAD_STOP_BYTES"):
        request.FILES  # noqa: B018
    assert body.read_bytes == 0
    answer = client.generic(
        "POST", "/account/login/", b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(31 * MB)
    )
    assert isinstance(answer, HttpResponse)
    assert answer.status_code == 400
