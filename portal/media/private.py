"""Files that no address leads to: outside MEDIA_ROOT, readable by the portal's own user, handed out by a view."""

import secrets
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files import File
from django.http import FileResponse

from portal.media.names import ending_of, safe_name
from portal.media.serving import content_type_of, guard
from portal.media.storage import WholeFileStorage


class PrivateStorage(WholeFileStorage):
    """Keeps files under random names below PRIVATE_ROOT. They have no URL."""

    def __init__(self) -> None:
        super().__init__(
            location=settings.PRIVATE_ROOT, base_url=None, file_permissions_mode=0o600, directory_permissions_mode=0o700
        )

    def url(self, name: str | None) -> str:
        """There is none. Raises NotImplementedError always: without it MEDIA_URL would stand in."""
        raise NotImplementedError("A private file has no address; hand it out with private_response().")

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """A name that tells nothing and cannot be guessed, in the folder and with the ending that were asked for."""
        ending = ending_of(name)
        return str(PurePosixPath(name).with_name(secrets.token_hex(16) + (f".{ending}" if ending else "")))


def private_storage() -> WholeFileStorage:
    """For a field: `FileField(storage=private_storage, upload_to="resumes")`."""
    return PrivateStorage()


def private_response(file: File, name: str) -> FileResponse:
    """The file as a download under `name`, kept by nobody on the way. The caller has asked who may have it."""
    shown = safe_name(name)
    response = FileResponse(file, as_attachment=True, filename=shown, content_type=content_type_of(shown))
    response["Cache-Control"] = "private, no-store"
    guard(response)
    return response
