"""Who gets into the coalition's admin: every address of every viewset is walked."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from coalition.factories import CityFactory
from coalition.models import City, Sponsor
from coalition.permissions import STAFF_PERMISSIONS
from coalition.viewsets import CityViewSet, CostsViewSet, SponsorViewSet

pytestmark = pytest.mark.django_db


def every_address(city, sponsor):
    for viewset in (CityViewSet(), CostsViewSet(), SponsorViewSet()):
        for pattern in viewset.get_urlpatterns():
            subject = sponsor if isinstance(viewset, SponsorViewSet) else city
            args = [subject.pk] if pattern.pattern.converters else []
            yield reverse(viewset.get_url_name(pattern.name), args=args)


@pytest.mark.parametrize("method", ["get", "post"])
def test_without_rights_every_address_is_closed(client, person_with, method):
    city, sponsor = CityFactory(), Sponsor.objects.create(name="Bloom")
    client.force_login(person_with())
    addresses = list(every_address(city, sponsor))
    assert len(addresses) == 19
    for address in addresses:
        response = getattr(client, method)(address)
        assert response.status_code == 302, address
        assert response.url == reverse("wagtailadmin_home"), address
    assert City.objects.exists()
    assert Sponsor.objects.exists()


def test_without_rights_the_menu_has_no_coalition(client, person_with):
    client.force_login(person_with())
    assert b"coalition" not in client.get(reverse("wagtailadmin_home")).content


@pytest.mark.slow
def test_staff_open_every_address(client, staff):
    city, sponsor = CityFactory(), Sponsor.objects.create(name="Bloom")
    for address in every_address(city, sponsor):
        assert client.get(address).status_code == 200, address


def test_who_may_only_look_sees_records_and_changes_nothing(client, person_with):
    city = CityFactory()
    client.force_login(person_with("coalition.view_city"))
    assert client.get(reverse("coalition_city:index")).status_code == 200
    assert client.get(reverse("coalition_city:index"), {"export": "csv"}).status_code == 200
    record = client.get(reverse("coalition_city:inspect", args=[city.pk]))
    assert record.status_code == 200
    assert reverse("coalition_city:status", args=[city.pk]) not in record.content.decode()
    for name in ("edit", "delete", "status"):
        assert client.get(reverse(f"coalition_city:{name}", args=[city.pk])).status_code == 302


def test_export_is_closed_without_rights(client, person_with):
    client.force_login(person_with())
    assert client.get(reverse("coalition_city:index"), {"export": "csv"}).status_code == 302
    assert client.get(reverse("coalition_costs:index"), {"export": "xlsx"}).status_code == 302


def test_staff_permissions_exist():
    known = {f"{p.content_type.app_label}.{p.codename}" for p in Permission.objects.select_related("content_type")}
    assert set(STAFF_PERMISSIONS) <= known
