"""What `make run` prepares before it serves."""

import pytest
from wagtail.models import Site

from home.services.setup import set_up_portal
from portal.demo.management.commands.serve_demo import Command
from portal.demo.models import Seeding

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    Seeding.objects.create()
    return set_up_portal(hostname="localhost", port=8000)


def test_served_on_another_port_the_demo_answers_there(home):
    assert home.full_url == "http://localhost:8000/"
    Command()._prepare("9001")
    assert type(home).objects.get(pk=home.pk).full_url == "http://localhost:9001/"


def test_cities_on_this_machine_follow(home):
    city = Site.objects.create(hostname="tulsa.localhost", port=8000, root_page=home)
    Command()._prepare("9001")
    city.refresh_from_db()
    assert city.root_url == "http://tulsa.localhost:9001"


def test_site_with_a_host_name_of_its_own_keeps_its_port(home):
    Site.objects.update(hostname="cities.example", port=443)
    Command()._prepare("9001")
    assert Site.objects.get().port == 443
