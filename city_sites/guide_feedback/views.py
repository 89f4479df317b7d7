"""The library's pages about feedback, narrowed to the guides that stand on one city's site."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from city_sites.models import CityHomePage
from coalition.admin_views.team_base import CityTeamMixin
from coalition.permissions import Act
from resources.feedback.admin_views import DealWithView, GuideView, ReportView
from resources.models import Feedback, ResourcePage


class CityScope(CityTeamMixin):
    """Whoever publishes in the city reads what is said about its own guides, not about those it follows."""

    act = Act.PUBLISH
    namespace = "city_sites_guide_feedback"

    def is_allowed(self, user: Any) -> bool:
        """The right in the city has been asked for already."""
        return True

    def answers(self) -> QuerySet[Feedback]:
        """Answers about guides in the city's site, in every language."""
        inside = Q(pk__in=[])
        for path in CityHomePage.objects.filter(city=self.city).values_list("path", flat=True):
            inside |= Q(path__startswith=path)
        return Feedback.objects.filter(guide_key__in=ResourcePage.objects.filter(inside).values("translation_key"))

    def url(self, name: str, **kwargs: Any) -> str:
        """The address of a view about the same city."""
        return reverse(f"{self.namespace}:{name}", kwargs={"city_id": self.city.pk, **kwargs})

    def get_page_subtitle(self) -> str:
        """The city's name."""
        return str(self.city)


class CityReportView(CityScope, ReportView):
    """A line a guide."""


class CityGuideView(CityScope, GuideView):
    """What readers wrote about one guide."""


class CityDealWithView(CityScope, DealWithView):
    """POST: somebody has seen to it."""
