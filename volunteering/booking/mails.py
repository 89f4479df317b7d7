"""One mail for each change of a sign-up, in the person's language, with all they need to come or to stay away."""

import datetime
import re
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.core.mail import one_line, send_mail_from_folder
from portal.core.models import OutboxMessage
from volunteering.booking.tokens import calendar_url, manage_url
from volunteering.facts import address_line
from volunteering.models import Opportunity, OpportunityPage, SignUp
from volunteering.when import until, when_is

# A name goes into mails to an address that nobody has confirmed yet. What is no name could be an advertisement.
NAME = re.compile(r"[^\W\d_]+(?:(?:\. |[ '’\-])[^\W\d_]+){0,4}\.?")
LONGEST_NAME = 40


def tell(sign_up: SignUp, what: str, *, counter: str = "", to: str = "", **more: Any) -> OutboxMessage | None:
    """Queue the mail `what` (a folder of templates) about the sign-up as it is now; once for each change of it.

    It goes to the person (`address_of`) or to `to`. None when there is no address, because the data was erased.
    """
    recipient = to or address_of(sign_up)
    if not recipient:
        return None
    page = page_for(sign_up)
    counter = counter or f"{sign_up.shift.sequence}.{sign_up.sequence}"
    with override(sign_up.language):
        context = _context(sign_up, page) | {"name": greeting_name(_addressee(sign_up, recipient))} | more
    if recipient != address_of(sign_up):
        context |= {"link": "", "calendar_link": ""}  # the link is the right to decide; a teenager's guardian has it
    return send_mail_from_folder(
        folder=f"volunteering/mail/{what}",
        to=[recipient],
        context=context,
        key=f"volunteering:{what}:{sign_up.pk}:{counter}",
        reply_to=[page.contact_email] if page and page.contact_email else (),
        language=sign_up.language,
        from_name=context["city"],
    )


def send_link_again(sign_up: SignUp, now: datetime.datetime) -> OutboxMessage | None:
    """Mail the link once more: nothing within an hour of signing up, then at most once in each hour after it."""
    hours = int((now - sign_up.created_at) / datetime.timedelta(hours=1))
    return tell(sign_up, "link", counter=f"again.{hours}") if hours > 0 else None


def address_of(sign_up: SignUp) -> str:
    """Where mails about it go: to the guardian until they agree (only they may have the link then), "" when erased."""
    if needs_consent(sign_up):
        return sign_up.guardian_email
    return sign_up.email or sign_up.guardian_email


def _addressee(sign_up: SignUp, recipient: str) -> str:
    """Whose name stands after "Hello"."""
    return sign_up.guardian_name if recipient == sign_up.guardian_email else sign_up.name


def needs_consent(sign_up: SignUp) -> bool:
    """Whether a parent or guardian has yet to agree."""
    return sign_up.needs_guardian and sign_up.guardian_agreed_at is None


def page_for(sign_up: SignUp) -> OpportunityPage | None:
    """The opportunity's page in the person's language, else its first one. Looked up once for many sign-ups."""
    pages = pages_behind(sign_up.shift.opportunity)
    in_language = (page for page in pages if page.locale.language_code == sign_up.language)
    return next(in_language, next(iter(pages), None))


def pages_behind(opportunity: Opportunity) -> list[OpportunityPage]:
    """The opportunity's pages, public ones first."""
    kept: dict[str, Any] = opportunity.__dict__
    if "_pages" not in kept:
        family = OpportunityPage.objects.filter(translation_key=UUID(opportunity.family))
        kept["_pages"] = list(family.select_related("locale").order_by("-live", "pk"))
    pages: list[OpportunityPage] = kept["_pages"]
    return pages


def _context(sign_up: SignUp, page: OpportunityPage | None) -> dict[str, Any]:
    shift = sign_up.shift
    city = shift.opportunity.city
    when = when_is(shift)
    return {
        "sign_up": sign_up,
        "volunteer": greeting_name(sign_up.name),
        "title": page.title if page else shift.opportunity.title,
        "city": city.full_name,
        "when": f"{when} {when.zone}".strip() + (f" ({shift.note})" if shift.note else ""),
        "where": _where(page, city),
        "people": sign_up.group_size,
        "until": until(sign_up.held_until, shift.time_zone) if sign_up.held_until else "",
        "link": manage_url(sign_up),
        "calendar_link": calendar_url(sign_up) if shift.starts_at else "",
        "page_link": (page.full_url or "") if page and page.live else "",
        "ask": _whom_to_ask(page),
        "needs_consent": needs_consent(sign_up),
        "is_over": not sign_up.is_active,
    }


def _where(page: OpportunityPage | None, city: Any) -> str:
    if page is None:
        return ""
    if page.is_online:
        return _("Online, from home")
    return ", ".join(part for part in (page.place or page.address, address_line(page, city)) if part)


def _whom_to_ask(page: OpportunityPage | None) -> str:
    """The contact as one line; empty when the page names nobody."""
    if page is None:
        return ""
    return ", ".join(part for part in (page.contact_name, page.contact_email, page.contact_phone) if part)


def greeting_name(name: str) -> str:
    """The name for "Hello"; empty for anything that does not look like one."""
    name = one_line(name)
    return name if len(name) <= LONGEST_NAME and NAME.fullmatch(name) else ""
