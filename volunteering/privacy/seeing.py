"""What this room shows somebody about themselves, in plain words."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from volunteering.models import SignUp
from volunteering.privacy.erasing import is_only_guardian


def sign_ups_of(email: str) -> Iterator[dict[str, Any]]:
    """Every sign-up of an address, as volunteer or as guardian. Two queries."""
    rows = SignUp.objects.of_address(email).filter(erased_at=None).order_by("-created_at", "-pk")
    for row in rows.select_related("shift__opportunity__city", "waiver", "log"):
        yield _about(row) | (_as_guardian(row) if is_only_guardian(row, email) else _as_volunteer(row))


def _about(row: SignUp) -> dict[str, Any]:
    shift = row.shift
    with timezone.override(shift.time_zone):
        when = date_format(timezone.localtime(shift.starts_at), "DATETIME_FORMAT") if shift.starts_at else ""
    return {
        _("Opportunity"): shift.opportunity.title,
        _("City"): shift.opportunity.city.full_name,
        _("When"): when or shift.get_kind_display(),
        _("Status"): str(row.get_status_display()),
        _("Signed up"): _moment(row.created_at),
        _("People"): row.group_size,
    }


def _as_volunteer(row: SignUp) -> dict[str, Any]:
    """All of it."""
    answers = {question: answer for question, answer in row.answers.values()}
    return {
        _("Name"): row.name,
        _("E-mail"): row.email,
        _("Telephone"): row.phone,
        _("Age"): str(row.get_age_band_display()),
        **answers,
        **_guardian(row),
        _("You agreed to keeping this"): _moment(row.consented_at),
        _("Waiver signed"): _moment(row.waiver_signed_at),
        _("What the waiver said"): row.waiver.text if row.waiver else "",
        _("Came"): str(row.get_attendance_display()) if row.attendance else "",
        _("Hours"): str(row.log.hours) if hasattr(row, "log") else "",
        _("The team’s note"): row.note,
    }


def _as_guardian(row: SignUp) -> dict[str, Any]:
    """For a parent or guardian. Before they have agreed, nothing of a young person who has an address of their own."""
    agreed = {_("Name"): row.name} if row.guardian_agreed_at else {}
    return {
        **agreed,
        **_guardian(row),
        _("Waiver signed"): _moment(row.waiver_signed_at),
        _("What the waiver said"): row.waiver.text if row.waiver else "",
    }


def _guardian(row: SignUp) -> dict[str, Any]:
    return {
        _("Parent or guardian"): row.guardian_name,
        _("Address of the parent or guardian"): row.guardian_email,
        _("They agreed"): _moment(row.guardian_agreed_at),
    }


def _moment(value: Any) -> str:
    return date_format(timezone.localtime(value), "DATETIME_FORMAT") if value else ""
