"""The style guide shows every component and every block, to those who may look."""

import re
from collections import Counter

import pytest
from django.urls import reverse

from portal.core import figures, styleguide
from portal.core.blocks import BodyStreamBlock

CASES = styleguide.cases()


@pytest.fixture(autouse=True)
def bridges():
    figures.register_figure("test_bridges", "bridges in good repair", lambda: 12345)
    yield
    figures.unregister_figure("test_bridges")


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_case_renders(case, rf, db):
    html = case.render(rf.get("/styleguide/"))
    assert html.strip()
    assert "style=" not in html
    assert not re.search(r"\son[a-z]+=", html)


def test_every_block_is_shown_as_editors_preview_it_and_at_its_edges():
    ids = [case.id for case in CASES]
    for name in BodyStreamBlock().child_blocks:
        start = f"block-{name.replace('_', '-')}-"
        assert f"{start}preview" in ids
        assert len([each for each in ids if each.startswith(start)]) >= 3, name


def test_every_case_has_an_address_of_its_own():
    ids = [case.id for case in CASES]
    assert len(ids) == len(set(ids))
    assert all(styleguide.case_by_id(each) for each in ids)


def test_groups_come_in_order_and_none_is_empty():
    assert list(dict.fromkeys(case.group for case in CASES)) == [key for key, _name, _intro in styleguide.GROUPS]


def test_ids_are_unique_on_the_long_page(client, db, settings):
    settings.STYLEGUIDE_PUBLIC = True
    html = client.get(reverse("styleguide:index")).content.decode()
    repeated = [each for each, count in Counter(re.findall(r'\sid="([^"]+)"', html)).items() if count > 1]
    assert repeated == []
    assert html.count("<h1") == 1
    assert html.count('class="flag"') >= 60


def test_one_case_stands_alone(client, db, settings):
    settings.STYLEGUIDE_PUBLIC = True
    response = client.get(reverse("styleguide:case", args=["block-quote-preview"]))
    assert "Loretta M." in response.content.decode()
    assert "bridges in good repair" not in response.content.decode()


def test_an_unknown_case_is_not_found(client, db, settings):
    settings.STYLEGUIDE_PUBLIC = True
    assert client.get(reverse("styleguide:case", args=["nothing"])).status_code == 404


@pytest.mark.parametrize("name", ["index", "case"])
def test_visitors_see_it_only_where_settings_say_so(client, db, settings, name):
    settings.STYLEGUIDE_PUBLIC = False
    url = reverse(f"styleguide:{name}", args=["block-quote-preview"] if name == "case" else [])
    assert client.get(url).status_code == 404
    settings.STYLEGUIDE_PUBLIC = True
    assert client.get(url).status_code == 200


def test_staff_see_it(admin_client, settings):
    settings.STYLEGUIDE_PUBLIC = False
    response = admin_client.get(reverse("styleguide:index"))
    assert response.status_code == 200
    assert 'name="robots" content="noindex"' in response.content.decode()
