"""What tests of the public pages do again and again: visit, read, publish."""

from bs4 import BeautifulSoup


def soup_of(client, path, status=200, **more):
    """The page at that address, read."""
    response = client.get(path, **more)
    assert response.status_code == status, path
    return BeautifulSoup(response.content, "html.parser")


def publish(home, **fields):
    """Publish the page with these values, as an editor would."""
    for name, value in fields.items():
        setattr(home, name, value)
    home.save_revision().publish()
    return home


def titles(soup):
    """The titles of the rows on the page."""
    return [link.get_text(strip=True) for link in soup.select("main .row-title a")]
