"""The people who can sign in to the demo. Their password is public: never on a host that others can reach."""

from django.contrib.auth.models import Group

from coalition.models import City, Role
from coalition.services.teams import groups_for
from home.services.setup import STAFF_GROUP
from portal.accounts.models import User

PASSWORD = "demo-coalition-2026"  # noqa: S105 - printed when the demo starts
ADMIN = "admin@cities.example"
STAFF = "staff@cities.example"
TEAMS = (  # e-mail, first name, last name, city, roles
    ("lead.tulsa@cities.example", "Linden", "Exampleman", "tulsa-ok", (Role.LEAD,)),
    ("editor.tulsa@cities.example", "Edith", "Samplebrook", "tulsa-ok", (Role.EDITOR,)),
    ("author.tulsa@cities.example", "Arthur", "Testerton", "tulsa-ok", (Role.AUTHOR,)),
    ("coordinator.tulsa@cities.example", "Coral", "Samplefield", "tulsa-ok", (Role.COORDINATOR,)),
    ("partner.tulsa@cities.example", "Persimmon", "Placeholder", "tulsa-ok", (Role.PARTNER,)),
    ("lead.elpaso@cities.example", "Lark", "Demoridge", "el-paso-tx", (Role.LEAD,)),
    ("editor.elpaso@cities.example", "Indigo", "Specimen", "el-paso-tx", (Role.EDITOR, Role.COORDINATOR)),
    ("coordinator.elpaso@cities.example", "Ocotillo", "Testerly", "el-paso-tx", (Role.COORDINATOR,)),
    ("lead.gulfport@cities.example", "Maris", "Placeholder", "gulfport-ms", (Role.LEAD,)),
)


def demo_logins() -> list[tuple[str, str, str]]:
    """(e-mail, password, role) of everybody who can sign in."""
    return [
        (ADMIN, PASSWORD, "operations: every right"),
        (STAFF, PASSWORD, "coalition staff: members, pages, mail"),
        *((email, PASSWORD, _role(slug, roles)) for email, _first, _last, slug, roles in TEAMS),
    ]


def _role(slug: str, roles: tuple[Role, ...]) -> str:
    city = slug.rpartition("-")[0].replace("-", " ").title()
    return f"{city}: {' and '.join(str(role.value) for role in roles)}"


def make_people() -> User:
    """Make whoever is missing; an account that is there keeps its password. Returns the staff member."""
    if not User.objects.filter(email=ADMIN).exists():
        User.objects.create_superuser(ADMIN, PASSWORD, first_name="Ada", last_name="Placeholder")
    staff = User.objects.filter(email=STAFF).first()
    if staff is None:
        staff = User.objects.create_user(STAFF, PASSWORD, first_name="Stella", last_name="Exampleton")
        staff.groups.add(Group.objects.get(name=STAFF_GROUP))
    return staff


def make_city_teams() -> None:
    """Make whoever is missing of the cities' teams."""
    for email, first, last, slug, roles in TEAMS:
        if User.objects.filter(email=email).exists():
            continue
        person = User.objects.create_user(email, PASSWORD, first_name=first, last_name=last)
        groups = groups_for(City.objects.get(slug=slug))
        person.groups.set([groups[role] for role in roles])
