"""The quick way to a page, on the page types that the portal has, through the whole stack."""

import pytest
from django.db import connection
from django.http import Http404
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from home.factories import national_home, standard_page
from home.models import StandardPage
from portal.core.routing import find_route

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_database")]


def routed(path):
    request = RequestFactory().get("/", SERVER_NAME="testserver")
    stock = Page.route_for_request(request, path)
    return find_route(RequestFactory().get("/", SERVER_NAME="testserver"), path), stock


def test_page_type_that_routes_below_itself_is_asked_as_in_stock_routing(monkeypatch):
    about = standard_page(national_home(), "About")
    standard_page(about, "Team")

    def route(self, request, path_components):
        if path_components == ["team"]:
            return RouteResult(self, kwargs={"shown": "the team, by the parent itself"})
        if path_components == ["nothing"]:
            raise Http404
        return Page.route(self, request, path_components)

    monkeypatch.setattr(StandardPage, "route", route)
    for path in ("about/", "about/team/", "about/elsewhere/", "about/nothing/"):
        ours, stock = routed(path)
        if stock is None:
            assert ours is None
        else:
            assert (ours.page, ours.kwargs) == (stock.page, stock.kwargs)
    assert routed("about/team/")[0].kwargs == {"shown": "the team, by the parent itself"}


def test_depth_of_a_page_costs_no_queries(client):
    parent = national_home()
    asked = {}
    for depth in range(1, 5):
        parent = standard_page(parent, f"Page {depth}")
        client.get(parent.url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(parent.url).status_code == 200
        asked[depth] = len(queries)
    assert len(set(asked.values())) == 1, asked


def test_private_page_still_asks_who_is_there(client):
    page = standard_page(national_home(), "Members only")
    page.view_restrictions.create(restriction_type="login")
    response = client.get(page.url)
    assert response.status_code == 302
    assert "login" in response["Location"]
