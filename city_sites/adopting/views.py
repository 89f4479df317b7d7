"""The desk's pages about guides: all of them, bringing one in, saying that it was used, what has changed."""

from typing import Any, cast

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from city_sites.adopting.bringing import AdoptError, Brought, copy_guide, follow_guide
from city_sites.adopting.changes import differences, look_at_change
from city_sites.adopting.forms import COPY, FOLLOW, BringForm, UseForm
from city_sites.adopting.places import guide_sections, may_bring, may_publish, own_copies
from city_sites.adopting.shelf import Shelf
from city_sites.adopting.using import mark_used, take_mark_away
from coalition.admin_views.team_base import CityTeamMixin, WagtailAdminTemplateMixin
from coalition.permissions import Act, is_coalition_staff, may
from portal.accounts.models import User
from portal.core.models import Topic
from resources.access import is_member
from resources.models import GuidePage, GuideUse
from resources.origins import Origin, origins_of
from resources.sources import is_closed, library_guides, source_near


class GuidesPage(CityTeamMixin, WagtailAdminTemplateMixin):
    """What the pages about a city's guides share: the right, the title, the way back."""

    act = Act.ADOPT
    header_icon = "list-ol"
    page_title: Any = gettext_lazy("Guides")

    @property
    def user(self) -> User:
        """Who is here."""
        return cast(User, self.request.user)

    def index_url(self) -> str:
        """The list of all."""
        return reverse("city_sites_adopting:index", args=[self.city.pk])

    def get_page_subtitle(self) -> str:
        """The city's name."""
        return str(self.city)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, guides, this page."""
        above = [] if isinstance(self, GuidesView) else [{"url": self.index_url(), "label": GuidesPage.page_title}]
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.get_header_title()}]

    @cached_property
    def guide(self) -> GuidePage:
        """The guide of the library that the address names. What is elsewhere is not there."""
        found: GuidePage = get_object_or_404(library_guides(), pk=self.kwargs["guide_id"])
        return found

    @cached_property
    def sections(self) -> dict[int, Any]:
        """The city's lists of guides by language."""
        return guide_sections(self.city)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the city and the way back."""
        return super().get_context_data(city=self.city, index_url=self.index_url(), **kwargs)


class GuidesView(GuidesPage, TemplateView):
    """What was brought in, what was used, and the library to choose from."""

    template_name = "city_sites/adopting/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the three lists, and what the person may do."""
        shelf = Shelf(self.city)
        words = " ".join(self.request.GET.get("q", "").replace("\0", "").split())[:100]
        topics = list(Topic.objects.select_related("parent"))
        asked = self.request.GET.get("topic", "")
        topic = next((each for each in topics if each.slug == asked), None)
        language = self._language()
        shown = shelf.offers(
            locale_id=language.locale_id if language else 0,
            words=words,
            topic=topic,
            number=self.request.GET.get("p", ""),
        )
        return super().get_context_data(
            lines=shelf.lines(),
            used=shelf.used(),
            shown=shown,
            page_range=shown.paginator.get_elided_page_range(shown.number),
            words=words,
            topics=topics,
            topic=topic,
            languages=[section.locale for section in self.sections.values()],
            language=language.locale if language else None,
            can_bring=any(may_bring(self.user, section) for section in self.sections.values()),
            can_mark=bool(may(self.user, Act.PUBLISH, self.city)),
            **kwargs,
        )

    def _language(self) -> Any:
        """The section in the language that was asked for, else in the city's main one."""
        asked = self.request.GET.get("language", "")
        sections = list(self.sections.values())
        found = (each for each in sections if each.locale.language_code == asked)
        return next(found, sections[0] if sections else None)


class BringView(GuidesPage, FormView):
    """Follow a guide or copy it."""

    form_class = BringForm
    template_name = "city_sites/adopting/bring.html"
    page_title = gettext_lazy("Bring a guide in")

    def get_initial(self) -> dict[str, Any]:
        """The way that was chosen on the guide."""
        return {"way": COPY if self.request.GET.get("way") == COPY else FOLLOW}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Publishing is asked of those who may."""
        is_able = any(may_publish(self.user, section) for section in self.sections.values())
        return {**super().get_form_kwargs(), "may_publish": is_able}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the guide and what the city has of it."""
        offer = Shelf(self.city).offer(self.guide)
        return super().get_context_data(guide=self.guide, offer=offer, **kwargs)

    def form_valid(self, form: Form) -> HttpResponse:
        """Do it, and say where it is."""
        act = copy_guide if form.cleaned_data["way"] == COPY else follow_guide
        publish = form.cleaned_data.get("publish", False)
        try:
            done = act(city=self.city, guide=self.guide, by=self.user, publish=publish)
        except AdoptError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        self._say(done, publish)
        return HttpResponseRedirect(self.index_url())

    def _say(self, done: Brought, publish: bool) -> None:
        page = done.pages[0]
        buttons = [messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), _("Edit"))]
        words = {"title": page.title}
        if not done.is_new:
            messages.info(self.request, _("“%(title)s” is on your site already.") % words, buttons=buttons)
        elif publish:
            messages.success(self.request, _("“%(title)s” is on your site now.") % words, buttons=buttons)
        else:
            text = _("“%(title)s” is on your site as a draft. Publish it when it is ready.")
            messages.success(self.request, text % words, buttons=buttons)


class UsedView(GuidesPage, FormView):
    """Say, or say anew, that the city used a guide."""

    act = Act.PUBLISH
    form_class = UseForm
    template_name = "city_sites/adopting/used.html"
    page_title = gettext_lazy("We used this")

    @cached_property
    def use(self) -> GuideUse | None:
        """What the city has said of this guide."""
        return GuideUse.objects.filter(city=self.city, guide_key=self.guide.translation_key).first()

    def get_form_kwargs(self) -> dict[str, Any]:
        """What was said before; whether readers see it is the coalition's to say."""
        is_staff = is_coalition_staff(self.user)
        return {**super().get_form_kwargs(), "instance": self.use, "is_staff": is_staff}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the guide."""
        return super().get_context_data(guide=self.guide, use=self.use, **kwargs)

    def form_valid(self, form: Form) -> HttpResponse:
        """Write it down."""
        mark_used(city=self.city, guide=self.guide, by=self.user, **form.cleaned_data)
        messages.success(self.request, _("Readers of “%(title)s” see what you did.") % {"title": self.guide.title})
        return HttpResponseRedirect(self.index_url())


class AwayView(GuidesPage, TemplateView):
    """Asks once, then takes back that the city used a guide."""

    act = Act.PUBLISH
    template_name = "city_sites/adopting/away.html"
    page_title = gettext_lazy("Take it back")

    @cached_property
    def use(self) -> GuideUse:
        """One of this city's."""
        return get_object_or_404(GuideUse, pk=self.kwargs["use_id"], city=self.city)

    @cached_property
    def title(self) -> str:
        """What the guide is called."""
        main = next(iter(self.sections), 0)
        guide = source_near(self.use.guide_key, main)
        return guide.title if guide else _("a guide that the library no longer shows")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the use."""
        return super().get_context_data(use=self.use, title=self.title, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take it back."""
        words = {"title": self.title}
        take_mark_away(use=self.use, title=self.title, by=self.user)
        messages.success(request, _("“%(title)s” no longer says that you used it.") % words)
        return HttpResponseRedirect(self.index_url())


class ChangedView(GuidesPage, TemplateView):
    """What the original of a copy says now. Whoever has looked at it hears no more of that change."""

    template_name = "city_sites/adopting/changed.html"
    page_title = gettext_lazy("The original has changed")

    @cached_property
    def origin(self) -> Origin:
        """Where a copy of this city comes from. Raises Http404 for a page that is none."""
        copy = next((page for page in own_copies(self.city) if page.pk == self.kwargs["copy_id"]), None)
        if copy is None or not copy.permissions_for_user(self.user).can_edit():
            raise Http404(self.kwargs["copy_id"])
        return origins_of([copy])[copy.pk]

    @property
    def is_readable(self) -> bool:
        """Whether what the source says now is for this person: a city that has left reads nothing new of members."""
        source = self.origin.source
        return source is None or not is_closed(source) or is_member(self.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the copy, its source and what differs."""
        shows = self.origin.has_changed and self.is_readable
        return super().get_context_data(
            origin=self.origin,
            is_readable=self.is_readable,
            comparison=differences(self.origin, self.request) if shows else [],
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Note that somebody has looked."""
        if self.is_readable and look_at_change(origin=self.origin, by=self.user):
            messages.success(request, _("Noted. You hear again when the original changes once more."))
        return HttpResponseRedirect(self.index_url())
