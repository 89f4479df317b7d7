"""A city editor, an empty media folder, and the ways by which the admin takes a file."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import UploadedFile

from city_sites.factories import city_site, team_member
from portal.media.models import PortalDocument, PortalImage

AJAX = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}


@pytest.fixture
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "incoming")
    (tmp_path / "media").mkdir()
    (tmp_path / "incoming").mkdir()
    return tmp_path


@pytest.fixture
def site(db, media, tulsa_database):
    return city_site().city.site


@pytest.fixture
def editor(site, client):
    client.force_login(team_member(site.city))
    return Sender(client, site)


def files_below(media: Path) -> list[str]:
    return sorted(path.name for path in media.rglob("*") if path.is_file())


def nothing_was_kept(media: Path) -> bool:
    rows = PortalImage.objects.exists() or PortalDocument.objects.exists() or UploadedFile.objects.exists()
    return not rows and files_below(media) == []


class Sender:
    """Sends a file by each of the admin's ways; `ways` give the words of the answer."""

    def __init__(self, client, site) -> None:
        self.client = client
        self.site = site

    def image_at_once(self, data, name):
        response = self._post("wagtailimages:add_multiple", {"files[]": upload(data, name), "title": "Porch"})
        return response.json().get("error_message", "")

    def image_alone(self, data, name):
        fields = {"title": "Porch", "is_decorative": "on", "credit": "Typed before", "file": upload(data, name)}
        return self._post("wagtailimages:add", fields).content.decode()

    def image_in_chooser(self, data, name):
        fields = {"title": "Porch", "is_decorative": "on", "file": upload(data, name)}
        fields["collection"] = self.site.collection_id
        prefixed = {f"image-chooser-upload-{field}": value for field, value in fields.items()}
        return _step(self.client.post(reverse("wagtailimages_chooser:create"), prefixed))

    def document_at_once(self, data, name):
        response = self._post("wagtaildocs:add_multiple", {"files[]": upload(data, name), "title": "Plan"})
        return response.json().get("error_message", "")

    def document_alone(self, data, name):
        fields = {"title": "Plan", "language": "en", "credit": "Typed before", "file": upload(data, name)}
        return self._post("wagtaildocs:add", fields).content.decode()

    def document_in_chooser(self, data, name):
        fields = {"title": "Plan", "language": "en", "file": upload(data, name), "collection": self.site.collection_id}
        prefixed = {f"document-chooser-upload-{field}": value for field, value in fields.items()}
        return _step(self.client.post(reverse("wagtaildocs_chooser:create"), prefixed))

    def _post(self, address, fields):
        extra = AJAX if "files[]" in fields else {}
        return self.client.post(reverse(address), {"collection": self.site.collection_id, **fields}, **extra)


IMAGE_WAYS = ["image_at_once", "image_alone", "image_in_chooser"]
DOCUMENT_WAYS = ["document_at_once", "document_alone", "document_in_chooser"]


def upload(data: bytes, name: str) -> SimpleUploadedFile:
    """A file under exactly that name: the class itself would already make the name harmless."""
    file = SimpleUploadedFile("x", data, content_type="image/png")
    file.__dict__["_name"] = name
    return file


def _step(response) -> str:
    answer = json.loads(response.content)
    return answer.get("htmlFragment", "") if answer["step"] == "reshow_creation_form" else answer["step"]
