"""The description of the interface is valid, and what is answered is as it says."""

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from search.api.responses import process_cache

pytestmark = pytest.mark.django_db

URL = "/api/openapi.json"


@pytest.fixture
def described(client):
    process_cache().clear()
    return client.get(URL).json()


def check(described, answer, schema):
    Draft202012Validator({"$ref": f"#/components/schemas/{schema}", "components": described["components"]}).validate(
        answer
    )


def test_it_is_a_valid_openapi_document(described):
    assert described["openapi"].startswith("3.1")
    validate(described)


def test_it_knows_every_address_and_every_refusal(client, described):
    assert set(described["paths"]) == {"/api/search/", "/api/search/suggest/"}
    for path, acts in described["paths"].items():
        assert set(acts["get"]["responses"]) == {"200", "400", "429"}
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("query", ["", "q=porch", "kind=guide&page_size=1", "q=zzqxzz", "lang=es", "sort=title"])
def test_answers_of_the_search_are_as_described(client, documents, described, query):
    check(described, client.get(f"/api/search/?{query}").json(), "SearchAnswer")


@pytest.mark.parametrize("query", ["", "q=po", "q=tul&city=tulsa-ok", "q=zzqxzz"])
def test_suggestions_are_as_described(client, documents, described, query):
    check(described, client.get(f"/api/search/suggest/?{query}").json(), "SuggestAnswer")


def test_refusals_are_as_described(client, described):
    check(described, client.get("/api/search/?page=0").json(), "Failure")


def test_every_parameter_that_is_described_is_taken(client, documents, described):
    """A value that each parameter's schema allows is answered; one that it does not allow is refused."""
    for parameter in described["paths"]["/api/search/"]["get"]["parameters"]:
        schema = parameter["schema"].get("items", parameter["schema"])
        for value in schema.get("enum", [])[:1]:
            assert client.get("/api/search/", {parameter["name"]: value}).status_code == 200, parameter["name"]
        if "enum" in schema or schema["type"] == "integer":
            assert client.get("/api/search/", {parameter["name"]: "zz"}).status_code == 400, parameter["name"]


def test_it_is_sent_once(client):
    response = client.get(URL)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "max-age" in response["Cache-Control"]
    again = client.get(URL, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_it_is_the_same_in_every_language(client):
    assert client.get(URL, headers={"Accept-Language": "es"}).content == client.get(URL).content
