"""To which city a thing up here belongs, for the audit log: pages, files, addresses, the workflow."""

from collections.abc import Callable, Iterable, Sequence

from django.db.models import Model, OuterRef, Subquery
from django.db.models.functions import Substr
from wagtail.models import Collection, GroupApprovalTask, Page, Site, Workflow, WorkflowTask

from city_sites.models import CityHomePage, CityHost, CityRedirect, CitySite
from city_sites.selectors.sites import HOME_STEPS
from coalition.audit.places import Found, register_finder
from portal.media.models import PortalDocument, PortalImage


def register_finders() -> None:
    """Tell the log about the models of this room, and those of Wagtail's that a city has to itself."""
    register_finder(Page, _cities_of_pages)
    register_finder(CityHost, lambda numbers: _rows(CityHost.objects.filter(pk__in=numbers).values_list("pk", "city")))
    register_finder(
        CityRedirect, lambda numbers: _rows(CityRedirect.objects.filter(pk__in=numbers).values_list("pk", "city"))
    )
    register_finder(CitySite, lambda numbers: _rows(CitySite.objects.filter(pk__in=numbers).values_list("pk", "city")))
    register_finder(Site, _cities_of_sites)
    register_finder(Workflow, _cities_of_workflows)
    register_finder(GroupApprovalTask, _cities_of_tasks)
    register_finder(Collection, lambda numbers: _by_collection(Collection, "path", numbers))
    for model in (PortalImage, PortalDocument):
        register_finder(model, _of_files(model))


def _rows(rows: Iterable[tuple[int, int | None]]) -> Found:
    return {str(number): [city_id] for number, city_id in rows if city_id}


def _cities_of_pages(numbers: Sequence[str]) -> Found:
    """By where the page stands in the tree, in any language."""
    home = CityHomePage.objects.filter(path=Substr(OuterRef("path"), 1, HOME_STEPS))
    pages = Page.objects.filter(pk__in=numbers).order_by()
    return _rows(pages.annotate(of_city=Subquery(home.values("city_id")[:1])).values_list("pk", "of_city"))


def _cities_of_sites(numbers: Sequence[str]) -> Found:
    """By the home that the host name leads to."""
    home = CityHomePage.objects.filter(path=Substr(OuterRef("root_page__path"), 1, HOME_STEPS))
    sites = Site.objects.filter(pk__in=numbers).order_by()
    return _rows(sites.annotate(of_city=Subquery(home.values("city_id")[:1])).values_list("pk", "of_city"))


def _cities_of_workflows(numbers: Sequence[str]) -> Found:
    return _rows(CitySite.objects.filter(workflow__in=numbers).values_list("workflow_id", "city_id"))


def _cities_of_tasks(numbers: Sequence[str]) -> Found:
    tasks = WorkflowTask.objects.filter(task__in=numbers).values_list("task_id", "workflow_id")
    cities = dict(CitySite.objects.filter(workflow__in={each for _, each in tasks}).values_list("workflow_id", "city"))
    return {str(task_id): [cities[workflow]] for task_id, workflow in tasks if workflow in cities}


def _of_files(model: type[Model]) -> Callable[[Sequence[str]], Found]:
    return lambda numbers: _by_collection(model, "collection__path", numbers)


def _by_collection(model: type[Model], path_field: str, numbers: Sequence[str]) -> Found:
    """By the collection a file lies in: the city's own, or one below it."""
    paths = dict(model._default_manager.filter(pk__in=numbers).order_by().values_list("pk", path_field))
    step = Collection.steplen
    above = {path[:length] for path in paths.values() for length in range(step, len(path) + 1, step)}
    cities = dict(CitySite.objects.filter(collection__path__in=above).values_list("collection__path", "city_id"))
    return {str(pk): [city for own, city in cities.items() if path.startswith(own)] for pk, path in paths.items()}
