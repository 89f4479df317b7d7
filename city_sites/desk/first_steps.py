"""What a new lead does first. Each step is counted as done from what the site holds, never ticked by hand."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from city_sites.health.finding import edit_url
from city_sites.health.spanish import SPANISH, submit_url
from city_sites.health.survey import Survey
from city_sites.health.unfinished import unread_routes
from city_sites.models import CityHomePage
from coalition.models import Invitation
from home.models import ContactPage, IndexPage, StoryPage
from portal.accounts.models import User
from portal.core.flags import default_colors


@dataclass(frozen=True)
class Step:
    """One step: what to do, why, where, and whether it is done."""

    label: str | Promise
    hint: str | Promise
    url: str
    is_done: bool


Answer = tuple[str, bool] | None  # where it is done and whether it is; None when the site has no place for it


def first_steps(survey: Survey) -> list[Step]:
    """The steps that this site has a place for, in order. Three queries beside the survey's."""
    found = []
    for label, hint, look in _STEPS:
        answer = look(survey)
        if answer:
            found.append(Step(label, hint, *answer))
    return found


def _home(survey: Survey) -> CityHomePage | None:
    return next((sheet.page for sheet in survey.homes.values() if sheet.source is None), None)


def _page(survey: Survey, pk: int | None) -> Page | None:
    return next((page for page in survey.pages if page.pk == pk), None)


def _first(survey: Survey, model: type[Page]) -> Page | None:
    return next((sheet.page for sheet in survey.sheets if isinstance(sheet.page, model) and not sheet.source), None)


def _colors(survey: Survey) -> Answer:
    home, city = _home(survey), survey.city
    if home is None:
        return None
    chosen = (home.color_first, home.color_second)
    return edit_url(home, "color_first"), chosen != default_colors(city.name, city.state)


def _logo(survey: Survey) -> Answer:
    home = _home(survey)
    return (edit_url(home, "logo"), bool(home.logo_id) or home.pk in survey.touched) if home else None


def _mailbox(survey: Survey) -> Answer:
    page = _first(survey, ContactPage)
    if page is None:
        return None
    routes = list(page.routes.raw_data)
    return edit_url(page, "routes"), bool(routes) and not unread_routes(routes, survey.coalition_mailbox)


def _about(survey: Survey) -> Answer:
    page = _page(survey, survey.starters.get("about"))
    return (edit_url(page), page.pk in survey.touched) if page else None


def _story(survey: Survey) -> Answer:
    index = _page(survey, survey.starters.get("stories")) or _first(survey, IndexPage)
    if index is None:
        return None
    url = reverse("wagtailadmin_pages:add", args=["home", "storypage", index.pk])
    return url, any(isinstance(sheet.page, StoryPage) for sheet in survey.public)


def _people(survey: Survey) -> Answer:
    is_team = User.objects.filter(groups__city_group__city=survey.city, is_active=True).distinct().count() > 1
    is_done = is_team or Invitation.objects.filter(city=survey.city).exists()
    return reverse("coalition_team:people", args=[survey.city.pk]), is_done


def _spanish(survey: Survey) -> Answer:
    home = _home(survey)
    return (submit_url(home), SPANISH in survey.homes) if home else None


_STEPS: tuple[tuple[str | Promise, str | Promise, Callable[[Survey], Answer]], ...] = (
    (_("Choose your colors"), _("Any two. Text and buttons get a shade that everybody can read."), _colors),
    (_("Put your logo in, or keep the seal"), _("The seal is drawn from your city’s name. Publish to keep it."), _logo),
    (_("Say who reads your mail"), _("Messages from visitors go to the mailbox that you name."), _mailbox),
    (_("Make the page about you yours"), _("Who asks, what for, and whom to call."), _about),
    (_("Publish your first story"), _("Five lines are enough: where, who came, what it cost, what changed."), _story),
    (_("Invite somebody"), _("An editor who publishes with you, or an author who writes drafts."), _people),
    (_("Start your site in Spanish"), _("What your site started with is translated already."), _spanish),
)
