"""The form of an opportunity: shown, taken, and thanked for. Never cached."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portal.core.pages import PortalPageMixin
from portal.core.throttle import allow, client_address
from volunteering.booking.applying import Application, RefusedError, Result, sign_up
from volunteering.facts import ask_url, facts_of
from volunteering.forms.signing_up import ChildForm, ShiftForm, SignUpForm
from volunteering.models import AgeBand, CityRules, OpportunityPage, SignUp, TeenRule
from volunteering.offers import Offer
from volunteering.reading import page_offers, page_row
from volunteering.thanks import Thanks, context_of, thanks_for, thanks_in
from volunteering.views.private import private

FORMS_AN_HOUR = 40  # from one network: a school or a library is one, too
FORMS_AN_ADDRESS = 8
HOUR = 3600
AT_ONCE = 5
"""Shifts that the form shows; the others unfold."""


def sign_up_view(page: OpportunityPage, request: HttpRequest) -> HttpResponseBase:
    """The form of the page."""
    response: HttpResponseBase = _sign_up(request, page)
    return response


@sensitive_post_parameters("name", "email", "phone", "guardian_email")
@require_http_methods(["GET", "HEAD", "POST"])
@private
def _sign_up(request: HttpRequest, page: OpportunityPage) -> HttpResponse:
    """GET: the form, or what became of it. POST: take it, and come back with thanks or with what to mend."""
    if request.method != "POST":
        thanks = thanks_in(request.GET.get("done", ""))
        return _thanks_page(request, page, thanks) if thanks else _form_page(request, page, _new_form(request, page))
    if request.POST.get("age_band") == AgeBand.UNDER_13:
        return _take_child(request, page)
    form = SignUpForm(request.POST, page=page, **_rules(page))
    return _take(request, page, form) if form.is_valid() else _form_page(request, page, form)


def _take_child(request: HttpRequest, page: OpportunityPage) -> HttpResponse:
    """Whatever else was typed is dropped here; the next page asks for the guardian's address alone."""
    offers = _rules(page)["offers"]
    if "guardian_email" not in request.POST or "name" in request.POST:
        kept = {name: request.POST.get(name, "") for name in ("shift", "group_size")}
        return _form_page(request, page, ChildForm(initial=kept, offers=offers))
    form = ChildForm(request.POST, offers=offers)
    return _take(request, page, form) if form.is_valid() else _form_page(request, page, form)


def _take(request: HttpRequest, page: OpportunityPage, form: SignUpForm | ChildForm) -> HttpResponse:
    offer = next(each for each in form.offers if each.shift.pk == form.cleaned_data["shift"])
    application = form.application()
    if form.is_from_robot:
        return _thank(page, request, offer, application, None, Result.HELD)
    if not _may_send(request, application):
        form.add_error(None, _("That were many sign-ups in a short time. Please wait an hour and send it again."))
        return _form_page(request, page, form)
    try:
        row, result = sign_up(shift_id=offer.shift.pk, application=application)
    except RefusedError as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return _form_page(request, page, form)
    return _thank(page, request, offer, application, row, result)


def _may_send(request: HttpRequest, application: Application) -> bool:
    address = (application.email or application.guardian_email).strip().lower()
    return allow("volunteer", client_address(request), FORMS_AN_HOUR, HOUR) and allow(
        "volunteer-address", address, FORMS_AN_ADDRESS, HOUR
    )


def _thank(
    page: OpportunityPage,
    request: HttpRequest,
    offer: Offer,
    application: Application,
    row: SignUp | None,
    result: Result,
) -> HttpResponse:
    done = thanks_for(offer, application, row, result).token
    address = f"{page.get_url(request)}{page.reverse_subpage('sign_up')}"
    return HttpResponseRedirect(f"{address}?{urlencode({'done': done})}")


def _new_form(request: HttpRequest, page: OpportunityPage) -> SignUpForm:
    return SignUpForm(page=page, initial={"shift": request.GET.get("shift", "")}, **_rules(page))


def _rules(page: OpportunityPage) -> dict[str, Any]:
    """What may be chosen, and what the city asks of people of 13 to 17."""
    offers = [offer for offer in page_offers(page) if offer.can_sign_up]
    rules = _city_rules(page)
    return {"offers": offers, "teens": rules.teens if rules else TeenRule.GUARDIAN}


def _city_rules(page: OpportunityPage) -> CityRules | None:
    """The city's rules, its defaults while it has set none; None before the page has a city."""
    row = page_row(page)
    if row is None:
        return None
    if "_rules" not in page.__dict__:
        page.__dict__["_rules"] = CityRules.objects.filter(city=row.city_id).first() or CityRules(city=row.city)
    rules: CityRules = page.__dict__["_rules"]
    return rules


def _form_page(request: HttpRequest, page: OpportunityPage, form: ShiftForm) -> HttpResponse:
    context = PortalPageMixin.get_context(page, request)
    rules = _city_rules(page)
    chosen = form.chosen
    context |= {
        "form": form,
        "is_child": isinstance(form, ChildForm),
        "chosen": chosen,
        "is_only": len(form.offers) == 1,
        "offers": form.offers[:AT_ONCE],
        "later": form.offers[AT_ONCE:],
        "is_later": chosen in form.offers[AT_ONCE:],
        "keep_days": rules.keep_days if rules else 0,
        "city": rules.city if rules else None,
        "where": facts_of(page, rules.city if rules else None, page.organizer)[0],
        "ask_url": ask_url(page),
        "page_url": page.get_url(request),
    }
    name = "form" if form.offers else "closed"
    status = 422 if form.errors else 200
    return TemplateResponse(request, f"volunteering/signing_up/{name}.html", context, status=status)


def _thanks_page(request: HttpRequest, page: OpportunityPage, thanks: Thanks) -> HttpResponse:
    context = PortalPageMixin.get_context(page, request) | context_of(thanks)
    row = page_row(page)
    city = urlencode({"site": row.city.slug}) if row else ""
    context |= {
        "page_url": page.get_url(request),
        "new_link_url": f"{reverse('volunteering_links:new_link')}?{city}",
    }
    return TemplateResponse(request, "volunteering/signing_up/thanks.html", context)
