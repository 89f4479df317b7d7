"""Cities, how they joined, who answers there, and what their sites cost."""

from coalition.models.city import City, CityAlias, CityZip
from coalition.models.contact import Contact
from coalition.models.log_place import ModelLogPlace, PageLogPlace
from coalition.models.membership import MembershipEvent
from coalition.models.plan import SitePlan, Sponsor
from coalition.models.team import CityGroup, Invitation, Role

__all__ = [
    "City", "CityAlias", "CityGroup", "CityZip", "Contact", "Invitation", "MembershipEvent", "ModelLogPlace",
    "PageLogPlace", "Role", "SitePlan", "Sponsor",
]  # fmt: skip
