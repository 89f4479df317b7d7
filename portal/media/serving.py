"""How uploaded files leave the house: types from a fixed table, and headers that let nothing in them run."""

from django.http.response import HttpResponseBase

from portal.media.names import ending_of

UNKNOWN = "application/octet-stream"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"

PICTURE_TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}
DOCUMENT_TYPES = {
    "csv": "text/csv",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "ics": "text/calendar",
    "ods": f"{_ODF}.spreadsheet",
    "odt": f"{_ODF}.text",
    "pdf": "application/pdf",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "rtf": "application/rtf",
    "txt": "text/plain",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
}


def content_type_of(name: str) -> str:
    """The type a file of that name is sent as. Never one that a browser would run, whatever the name."""
    ending = ending_of(name)
    return PICTURE_TYPES.get(ending) or DOCUMENT_TYPES.get(ending) or UNKNOWN


def guard(response: HttpResponseBase) -> None:
    """No guessing of types, no script, no form, no frame, no origin of ours."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
