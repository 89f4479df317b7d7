"""The people who can sign in to the demo. Their password is public: never on a host that others can reach."""

from django.contrib.auth.models import Group

from home.services.setup import STAFF_GROUP
from portal.accounts.models import User

PASSWORD = "demo-coalition-2026"  # noqa: S105 - printed when the demo starts
ADMIN = "admin@cities.example"
STAFF = "staff@cities.example"


def demo_logins() -> list[tuple[str, str, str]]:
    """(e-mail, password, role) of everybody who can sign in."""
    return [
        (ADMIN, PASSWORD, "operations: every right"),
        (STAFF, PASSWORD, "coalition staff: members, pages, mail"),
    ]


def make_people() -> User:
    """Make whoever is missing; an account that is there keeps its password. Returns the staff member."""
    if not User.objects.filter(email=ADMIN).exists():
        User.objects.create_superuser(ADMIN, PASSWORD, first_name="Ada", last_name="Placeholder")
    staff = User.objects.filter(email=STAFF).first()
    if staff is None:
        staff = User.objects.create_user(STAFF, PASSWORD, first_name="Stella", last_name="Exampleton")
        staff.groups.add(Group.objects.get(name=STAFF_GROUP))
    return staff
