"""Tells the ground floor what this room keeps about people."""

from django.utils.translation import gettext_lazy as _

from portal.core.due import register_due
from portal.core.housekeeping import DAILY
from portal.core.personal_data.registry import Holding, register_holding
from portal.core.personal_data.retention import Retention, register_retention
from volunteering.privacy.erasing import erase_address
from volunteering.privacy.forgetting import forget_old, forget_sign_ups, plan
from volunteering.privacy.seeing import sign_ups_of

FIELDS = (
    "name", "email", "email_folded", "phone", "answers", "age_band", "guardian_name", "guardian_email",
    "guardian_email_folded", "note", "form_token", "secret",
)  # fmt: skip


def register_personal_data() -> None:
    """Tell portal.core.personal_data about this room's tables, and the clock when their time is over."""
    register_holding(
        Holding(
            model="volunteering.SignUp",
            label=_("Sign-ups to volunteer"),
            fields=FIELDS,
            find=sign_ups_of,
            erase=erase_address,
            note=_(
                "Places still ahead are given back to whoever waits. What stays is numbers: how many people came, "
                "when, and for how many hours."
            ),
        )
    )
    register_retention(Retention("volunteering.sign_ups", _("Sign-ups to volunteer"), plan, forget_old))
    register_due("volunteering.forget_sign_ups", forget_sign_ups, every=DAILY, is_atomic=False)
