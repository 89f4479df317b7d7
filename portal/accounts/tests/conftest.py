import pytest

from portal.accounts.factories import UserFactory


@pytest.fixture
def user():
    return UserFactory(email="ana@tulsa.example")
