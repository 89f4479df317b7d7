"""What somebody wrote into a form stands in the table of sign-ups and in mail to them, and nowhere else."""

import logging
import re

import pytest
from django.apps import apps
from django.core.cache import caches
from django.db import connection

from portal.core.models import OutboxMessage
from volunteering import factories
from volunteering.booking.applying import sign_up
from volunteering.booking.links import reissue
from volunteering.booking.managing import agree_as_guardian, cancel, change, confirm
from volunteering.models import AgeBand, SignUp

pytestmark = pytest.mark.django_db

CANARIES = {
    "name": "Quetzalina Canaryname",
    "email": "zq-canary-mail@example.org",
    "phone": "918-555-7734",
    "answer": "zqcanaryanswer",
    "guardian_name": "Xanthippe Canaryguard",
    "guardian_email": "zq-canary-guardian@example.org",
    "child": "Kestrel Canarychild",
}
MAY_HOLD = {"volunteering.SignUp", "core.OutboxMessage"}
URL = re.compile(r"https?://\S+")


@pytest.fixture
def lived(page, client, caplog):
    """Sign up, confirm, change, ask for the link again, cancel; a child with a guardian, too."""
    caplog.set_level(logging.DEBUG)
    shift = factories.shift(page)
    form = factories.application(
        CANARIES["email"],
        CANARIES["name"],
        phone=CANARIES["phone"],
        answers={"q1": ("Which crew?", CANARIES["answer"])},
    )
    row, _result = sign_up(shift_id=shift.pk, application=form)
    confirm(sign_up=row)
    change(sign_up=row, group_size=2, name=CANARIES["name"], phone=CANARIES["phone"])
    row = reissue(sign_up=SignUp.objects.get(pk=row.pk))
    for path in {URL.sub(lambda found: found[0], url) for url in urls_of_mails()}:
        client.get(re.sub(r"^https?://[^/]+", "", path))
    cancel(sign_up=row)
    child = factories.application("", "", age_band=AgeBand.UNDER_13, guardian_email=CANARIES["guardian_email"])
    young, _result = sign_up(shift_id=shift.pk, application=child)
    agree_as_guardian(sign_up=young, guardian_name=CANARIES["guardian_name"], volunteer_name=CANARIES["child"])
    page.title = "Plant more shade"
    page.save_revision().publish()
    client.get(page.get_url())
    return shift


def urls_of_mails():
    return [url for text in OutboxMessage.objects.values_list("text", flat=True) for url in URL.findall(text)]


def hits(text):
    return [name for name, canary in CANARIES.items() if canary.lower() in text.lower()]


def test_canaries_stand_where_they_may(lived):
    """The walk below proves something: the words are in the tables that may hold them."""
    rows = str(list(SignUp.objects.values()))
    assert sorted(hits(rows)) == sorted(CANARIES)
    assert {"email", "guardian_email"} <= set(hits(str(list(OutboxMessage.objects.values("to")))))


def test_no_other_table_holds_them(lived):
    """Every row of every table: pages, revisions, the search index, logs, tasks, caches, sessions."""
    tables = {model._meta.db_table: model._meta.label for model in apps.get_models()}
    allowed = {table for table, label in tables.items() if label in MAY_HOLD}
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in allowed:
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if names := hits(" ".join(str(row) for row in cursor.fetchall())):
                found[table] = names
    assert found == {}


def test_addresses_in_mails_hold_nothing(lived):
    urls = urls_of_mails()
    assert urls
    assert [url for url in urls if hits(url)] == []


def test_keys_of_mails_hold_nothing(lived):
    assert hits(" ".join(OutboxMessage.objects.values_list("key", flat=True))) == []


def test_caches_hold_nothing(lived):
    for cache in caches.all():
        kept = getattr(cache, "_cache", {})
        assert hits(str(dict(kept))) == []


def test_log_lines_hold_nothing(lived, caplog):
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert hits(" ".join(ours)) == []
