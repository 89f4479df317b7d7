"""People who work in the coalition's admin."""

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command

from coalition.permissions import STAFF_PERMISSIONS
from portal.accounts.factories import UserFactory


@pytest.fixture
def person_with(db):
    """Makes somebody who may enter the admin and has the named rights ("coalition.view_city") besides."""

    def person_with(*names):
        user = UserFactory()
        for name in ("wagtailadmin.access_admin", *names):
            app, codename = name.split(".")
            user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
        return user

    return person_with


@pytest.fixture
def staff(client, person_with):
    """Coalition staff, signed in."""
    user = person_with(*STAFF_PERMISSIONS)
    client.force_login(user)
    return user


@pytest.fixture
def set_up(db, portal_database):
    """A portal with its national home: a city that becomes a member gets its site below it."""
    call_command("setup_portal", hostname="testserver", verbosity=0)
