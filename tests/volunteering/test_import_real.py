"""The 1,000 real opportunities, which are not part of the project."""

import io
import json
import resource
import time

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from city_sites.factories import city_site
from conftest import missing
from search.models import SearchDoc
from volunteering.models import Opportunity, OpportunityPage, Shift

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("tulsa_database"),
    pytest.mark.slow,
    pytest.mark.real_data,
    pytest.mark.one_engine,
]

LONGEST = 60
"""Seconds, on two busy cores."""
MOST_MEMORY = 250
"""Megabytes more than before."""
CITIES = (("El Paso", "TX"), ("Aurora", "CO"), ("Gulfport", "MS"), ("Akron", "OH"))


@pytest.fixture
def opportunities_file(real_data):
    path = real_data / "opportunities.jsonl"
    if not path.exists():
        missing("The file of real opportunities", "Set REAL_DATA_DIR to a folder with opportunities.jsonl.")
    return path


def megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def test_real_opportunities_come_in_whole_and_stay(opportunities_file, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    slugs = ["tulsa-ok", *(city_site(*each).city.slug for each in CITIES)]

    def run():
        out = io.StringIO()
        call_command(
            "import_opportunities",
            opportunities_file,
            commit=True,
            shift_dates=True,
            city=[",".join(slugs)],
            stdout=out,
        )
        return out.getvalue()

    before, began = megabytes(), time.monotonic()
    said = run()
    seconds = time.monotonic() - began
    assert seconds < LONGEST
    assert megabytes() - before < MOST_MEMORY
    assert "opportunities.jsonl: 1,000 new, 0 changed, 0 same, 0 bad" in said
    assert "left out" not in said  # the mapping that comes with the portal knows every label
    rows = [json.loads(line) for line in opportunities_file.read_text().splitlines()]
    assert set(OpportunityPage.objects.values_list("source_id", flat=True)) == {row["id"] for row in rows}
    assert Opportunity.objects.count() == 1000
    drafts = OpportunityPage.objects.filter(live=False).count()
    closed = sum(row["status"] == "closed" for row in rows)
    assert drafts >= closed
    assert f"{drafts:,} rows lack something and become drafts:" in said
    counts = [Opportunity.objects.filter(city__slug=slug).count() for slug in slugs]
    assert min(counts) > 150
    newest = Shift.objects.filter(starts_at__gt=timezone.now()).count()
    assert newest >= 1
    assert Opportunity.objects.filter(is_undated=True).count() > 200
    for page in OpportunityPage.objects.select_related("locale")[:1000:25]:
        page.full_clean()
    assert not any(Page.find_problems())
    said = run()
    assert "opportunities.jsonl: 0 new, 0 changed, 1,000 same, 0 bad" in said
    assert not SearchDoc.objects.filter(page__in=OpportunityPage.objects.filter(live=False)).exists()
