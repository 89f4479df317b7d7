"""Two cities that own one of everything. What the second one keeps to itself carries a canary text.

What is public of a city carries none: its live pages, its name, its mayor. Everything a stranger must not see does.
"""

import datetime
import io
import re
import uuid
from dataclasses import dataclass, field
from types import SimpleNamespace

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import (
    Collection,
    Comment,
    Locale,
    Page,
    PageViewRestriction,
    UploadedFile,
)
from wagtail_localize.models import Translation, TranslationSource

from city_sites.adopting.bringing import copy_guide, follow_guide
from city_sites.adopting.using import mark_used
from city_sites.factories import city_site, spanish_home, team_member
from city_sites.models import CityHomePage, CityHost, CityRedirect, CitySectionPage, CitySite, DeletedPage
from coalition.factories import asked
from coalition.models import City, Contact, MembershipEvent, Role, SitePlan, Sponsor
from home.models import StandardPage, StoryPage
from portal.core.models import OutboxMessage
from resources.factories import guide, library
from resources.models import Feedback, GuidePage, LibraryPage
from search.models import Promotion, QueryCount
from volunteering import factories as volunteering
from volunteering.models import OpportunityPage, RosterMessage, ServiceLog

CANARY = "zqxcanary"
PLAIN = "ordinary"
CANARIES = re.compile(rf"{CANARY}-?([a-z]+)")


@dataclass
class Estate:
    """What a city owns: its home, its people by role, and its objects by what they are called in addresses."""

    home: CityHomePage
    word: str
    people: dict[Role, object] = field(default_factory=dict)
    things: dict[str, list[object]] = field(default_factory=dict)

    @property
    def city(self) -> City:
        return self.home.city

    def own(self, name, *values):
        self.things.setdefault(name, []).extend(values)
        return values[0]

    def text(self, kind) -> str:
        return f"{self.word}-{kind}"


def furnish(name, state, word) -> Estate:
    """A member city with its site, a team of six, and one of everything."""
    estate = Estate(city_site(name, state), word)
    _people(estate)
    _files(estate)
    _pages(estate)
    _translation(estate)
    _records(estate)
    _traces(estate)
    return estate


def _people(estate):
    city = estate.city
    for role in Role:
        person = team_member(city, role, f"{estate.word}-mail-{role}@{city.slug}.example")
        person.first_name, person.last_name = estate.text("person"), str(role)
        person.save()
        estate.people[role] = person
    estate.own("user", *estate.people.values())
    estate.own("city", city)
    invitation = asked(city, f"{estate.word}-invitation@x.example", estate.text("invited"), by=estate.people[Role.LEAD])
    estate.own("invitation", invitation)
    estate.own("group", *(row.group for row in city.groups.all()))


def picture(color="#336699") -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (60, 40), color).save(data, "PNG")
    return data.getvalue()


def _files(estate):
    site = CitySite.objects.get(city=estate.city)
    estate.own("collection", site.collection)
    lead = estate.people[Role.LEAD]
    image = get_image_model()(
        title=estate.text("image"),
        description=estate.text("alt"),
        collection=site.collection,
        uploaded_by_user=lead,
        file=ContentFile(picture(), name=f"{estate.word}-imagefile.png"),
    )
    image.save()
    estate.own("image", image)
    document = get_document_model()(
        title=estate.text("document"),
        collection=site.collection,
        uploaded_by_user=lead,
        file=ContentFile(f"{estate.word}-documentbody".encode(), name=f"{estate.word}-documentfile.txt"),
    )
    document.save()
    estate.own("document", document)
    from django.contrib.contenttypes.models import ContentType

    waiting = UploadedFile.objects.create(
        for_content_type=ContentType.objects.get_for_model(get_image_model()),
        uploaded_by_user=lead,
        file=ContentFile(picture(), name=f"{estate.word}-waiting.png"),
    )
    estate.own("uploaded_file", waiting)


def _pages(estate):
    home, lead = estate.home, estate.people[Role.LEAD]
    draft = StandardPage(
        title=estate.text("draft"),
        slug=f"{estate.word}-draftslug",
        live=False,
        locale=home.locale,
        owner=estate.people[Role.AUTHOR],
    )
    home.add_child(instance=draft)
    draft.save_revision(user=lead, log_action=True)
    changed = StoryPage(
        title=f"Open {estate.home.slug}", date=datetime.date(2026, 5, 4), locale=home.locale, owner=lead, city=home.city
    )
    home.add_child(instance=changed)
    changed.save_revision(user=lead).publish(user=lead)
    changed.title = estate.text("changedraft")
    changed.summary = estate.text("changedsummary")
    revision = changed.save_revision(user=lead, log_action=True)
    changed.refresh_from_db()
    Comment.objects.create(
        page=changed, user=lead, text=estate.text("comment"), contentpath="title", revision_created=revision
    )
    private = StandardPage(title=estate.text("private"), slug=f"{estate.word}-privateslug", locale=home.locale)
    home.add_child(instance=private)
    private.save_revision(user=lead).publish(user=lead)
    PageViewRestriction.objects.create(page=private, restriction_type="password", password=estate.text("password"))
    sent = StandardPage(
        title=estate.text("approval"), slug=f"{estate.word}-approval", live=False, locale=home.locale, owner=lead
    )
    home.add_child(instance=sent)
    sent.save_revision(user=estate.people[Role.AUTHOR])
    workflow = CitySite.objects.get(city=estate.city).workflow
    state = workflow.start(sent, estate.people[Role.AUTHOR])
    state.current_task_state.comment = estate.text("taskcomment")
    state.current_task_state.save()
    scheduled = StandardPage(
        title=estate.text("scheduled"),
        slug=f"{estate.word}-scheduled",
        live=False,
        locale=home.locale,
        go_live_at=timezone.now() + datetime.timedelta(days=9),
    )
    home.add_child(instance=scheduled)
    scheduled.save_revision(user=lead, approved_go_live_at=scheduled.go_live_at)
    estate.own("page", draft, changed, private, sent, scheduled, home)
    estate.own("revision", draft.latest_revision, revision)
    estate.own("task_state", state.current_task_state)
    estate.own("workflow_state", state)
    estate.own("workflow", workflow)
    estate.own("task", workflow.tasks.first())


def _translation(estate):
    """A Spanish draft of the story, some of it translated."""
    story = estate.things["page"][1]
    spanish = Locale.objects.get(language_code="es")
    source, _made = TranslationSource.get_or_create_from_instance(story.specific)
    source.update_from_db()
    translation = Translation.objects.create(source=source, target_locale=spanish)
    spanish_home(estate.home)
    translation.save_target(publish=False)
    target = translation.get_target_instance()
    target.title = estate.text("spanish")
    target.slug = f"{estate.word}-spanishslug"
    target.live = False
    target.save()
    target.save_revision(user=estate.people[Role.EDITOR])
    estate.own("page", target)
    estate.own("translation", translation)
    estate.own("translation_source", source)
    estate.own("string_segment", source.stringsegment_set.first())
    overridable = source.overridablesegment_set.first()
    if overridable:
        estate.own("overridable_segment", overridable)


def _records(estate):
    city = estate.city
    estate.own(
        "redirect",
        CityRedirect.objects.create(
            city=city,
            old_path=f"/{estate.word}-oldpath",
            folded=f"/{estate.word}-oldpath",
            address="https://example.org/",
        ),
    )
    estate.own(
        "host",
        CityHost.objects.create(
            city=city,
            hostname=f"{estate.word}-hostname.example.org",
            requested_by=estate.people[Role.LEAD],
            check_outcome=estate.text("lookup"),
        ),
    )
    Contact.objects.create(city=city, name=estate.text("contact"), email=f"{estate.word}-contactmail@x.example")
    sponsor = Sponsor.objects.create(name=estate.text("sponsor"), note=estate.text("agreement"))
    estate.own("sponsor", sponsor)
    SitePlan.objects.create(city=city, list_price=1200, subsidy_percent=50, sponsor=sponsor)
    MembershipEvent.objects.create(
        city=city,
        from_status="pending",
        to_status="member",
        effective_on=datetime.date(2026, 1, 1),
        by_name=estate.text("steward"),
        reason=estate.text("reason"),
    )
    mail = OutboxMessage.objects.create(
        key=str(uuid.uuid4()),
        to=[f"{estate.word}-mailto@x.example"],
        subject=estate.text("mailsubject"),
        text=estate.text("mailtext"),
        due_at=timezone.now(),
    )
    estate.own("mail", mail)
    _words_of_readers(estate)
    _searches(estate)
    _guides(estate)
    _volunteers(estate)


def _volunteers(estate):
    """A draft of an opportunity, and a public one with a shift that somebody signed up for, and their hours."""
    section = CitySectionPage.objects.descendant_of(estate.home).get(section="opportunities")
    draft = OpportunityPage(
        title=estate.text("opportunitydraft"),
        slug=f"{estate.word}-draftslug",
        live=False,
        locale=section.locale,
        owner=estate.people[Role.PARTNER],
    )
    section.add_child(instance=draft)
    draft.save_revision(user=estate.people[Role.PARTNER], log_action=True)
    page = volunteering.opportunity(section, f"Open shift of {estate.home.slug}", owner=estate.people[Role.COORDINATOR])
    shift = volunteering.shift(page, days=3)
    planned = volunteering.shift(draft, days=4)
    person = volunteering.sign_up_row(
        shift,
        f"{estate.word}-volunteermail@x.example",
        name=estate.text("volunteer"),
        phone=estate.text("phone"),
        answers={"1": ["Crew?", estate.text("answer")]},
        guardian_name=estate.text("guardian"),
        guardian_email=f"{estate.word}-guardianmail@x.example",
        guardian_email_folded=f"{estate.word}-guardianmail@x.example",
        note=estate.text("rosternote"),
        age_band="teen",
        needs_guardian=True,
        guardian_agreed_at=timezone.now(),
    )
    RosterMessage.objects.create(shift=shift, subject=estate.text("rostermessage"), text=estate.text("rostertext"))
    entry = ServiceLog.objects.create(
        opportunity=shift.opportunity, shift=shift, sign_up=person, served_on=timezone.localdate(), hours=3
    )
    estate.own("page", draft, page)
    estate.own("opportunity", shift.opportunity, planned.opportunity)
    estate.own("schedule", shift.schedule, planned.schedule)
    estate.own("shift", shift, planned)
    estate.own("sign_up", person)
    estate.own("log", entry)


def _guides(estate):
    """A public guide; the city copied it and follows it, both as drafts, and said of it what readers are not shown."""
    shelf = LibraryPage.objects.filter(depth=3).first() or library()
    public = shelf.get_children().first() or guide(shelf, "Open guide of the library")
    source, lead = GuidePage.objects.get(pk=public.pk), estate.people[Role.LEAD]
    copy = copy_guide(city=estate.city, guide=source, by=lead).pages[0]
    copy.title, copy.summary = estate.text("guidecopy"), estate.text("guidesummary")
    copy.save_revision(user=lead, log_action=True)
    reference = follow_guide(city=estate.city, guide=source, by=lead).pages[0]
    reference.title, reference.own_words = estate.text("guidefollowed"), estate.text("guidewords")
    reference.save()
    reference.save_revision(user=lead, log_action=True)
    use = mark_used(city=estate.city, guide=source, by=lead, year=2025, result=estate.text("guideuse"), is_shown=False)
    estate.own("guide", source, copy)
    estate.own("guide_copy", copy)
    estate.own("guide_use", use)
    estate.own("page", copy)


def _searches(estate):
    """What people look for on the city's site, and what stands first there."""
    page = Page.objects.get(pk=estate.home.pk)
    promotion = Promotion(
        city=estate.city, queries=estate.text("promoted"), page=page, text=estate.text("promotedtext")
    )
    promotion.save()
    estate.own("promotion", promotion)
    QueryCount(
        day=timezone.localdate(),
        city=estate.city,
        language="en",
        words=estate.text("searched"),
        is_found=False,
        count=3,
    ).save()


def _words_of_readers(estate):
    """A guide on the city's own site, and what somebody wrote about it."""
    section = CitySectionPage.objects.descendant_of(estate.home).get(section="guides")
    page = guide(section, f"Open guide of {estate.home.slug}")
    estate.own("guide_key", SimpleNamespace(pk=page.translation_key))
    words = Feedback(guide_key=page.translation_key, language="en", is_helpful=False, text=estate.text("readerwords"))
    words.save()
    estate.own("feedback", words)


def _traces(estate):
    """What is left of acts: the log, a deleted page, an open editor."""
    lead = estate.people[Role.LEAD]
    log(instance=estate.city, action="wagtail.edit", user=lead, data={"note": estate.text("logdata")})
    gone = StandardPage(title=estate.text("deleted"), slug=f"{estate.word}-deletedslug", live=False)
    gone.locale = estate.home.locale
    estate.home.add_child(instance=gone)
    gone.save_revision(user=lead)
    Page.objects.get(pk=gone.pk).specific.delete(user=lead)
    kept = DeletedPage.objects.filter(city=estate.city).first()
    estate.own("deleted_page", kept)
    from django.contrib.contenttypes.models import ContentType
    from wagtail.admin.models import EditingSession

    draft = estate.things["page"][0]
    estate.own(
        "editing_session",
        EditingSession.objects.create(
            user=lead,
            content_type=ContentType.objects.get_for_model(Page),
            object_id=str(draft.pk),
            last_seen_at=timezone.now(),
        ),
    )


class Belongings:
    """Every row that came into the database while a city was furnished, and what points at it: what must not change."""

    def __init__(self, before: dict):
        self.pks = {model: pks - before.get(model, set()) for model, pks in rows_now().items()}
        self.pks = {model: pks for model, pks in self.pks.items() if pks}
        self.content = self._content()

    def _content(self) -> dict:
        found = {}
        for model, pks in self.pks.items():
            names = [each.attname for each in model._meta.local_concrete_fields]
            rows = model._base_manager.filter(pk__in=pks).order_by("pk").values_list("pk", *names)
            found[model._meta.label] = [tuple(map(_plainly, row)) for row in rows]
        for model in models_of_all():
            for each in model._meta.local_concrete_fields:
                target = each.related_model
                if each.many_to_one and target in self.pks:
                    count = model._base_manager.filter(**{f"{each.name}__in": list(self.pks[target])}).count()
                    found[f"{model._meta.label}.{each.name}"] = count
        return found

    def changes(self) -> list[str]:
        """What is not as it was, in a line each."""
        now = self._content()
        return [f"{name} changed" for name in self.content if self.content[name] != now.get(name)]


def _plainly(value) -> str:
    """A value so that two readings of the same row compare equal."""
    return repr(list(value.raw_data)) if hasattr(value, "raw_data") else repr(value)


def models_of_all() -> list[type[models.Model]]:
    """Every table, also those between two, but not what a request may always write."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label not in PASSING
    ]


PASSING = {"sessions.Session", "usersessions.UserSession", "core.DueRule"}
"""Tables in which signing in and reading leave their marks."""


def rows_now() -> dict[type[models.Model], set]:
    return {model: set(model._base_manager.values_list("pk", flat=True)) for model in models_of_all()}


def furnished_stranger(name, state) -> tuple[Estate, Belongings]:
    """A city furnished with canaries, and the list of what is its own."""
    before = rows_now()
    estate = furnish(name, state, CANARY)
    return estate, Belongings(before)


def shared_collection() -> Collection:
    return Collection.objects.get(name="Shared library")
