"""People who work in the admin."""

import pytest
from django.contrib.auth.models import Permission

from coalition.permissions import STAFF_PERMISSIONS
from portal.accounts.factories import UserFactory


@pytest.fixture
def staff(client):
    """Coalition staff, signed in."""
    user = UserFactory()
    for name in ("wagtailadmin.access_admin", *STAFF_PERMISSIONS):
        app, codename = name.split(".")
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    client.force_login(user)
    return user
