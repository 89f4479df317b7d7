"""When the demo stays out."""

import pytest
from django.core.management import CommandError, call_command

from coalition.models import City
from home.models import StandardPage
from home.services.setup import set_up_portal
from portal.demo.services.seed import seed_demo

pytestmark = pytest.mark.django_db


def test_portal_with_pages_of_its_own_is_left_alone():
    set_up_portal().add_child(instance=StandardPage(title="Ours", slug="ours"))
    assert not seed_demo()
    assert not City.objects.exists()


def test_command_refuses_under_production_settings(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="passwords are public"):
        call_command("seed_demo")
