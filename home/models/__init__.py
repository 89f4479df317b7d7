"""The national home and the page types that every site uses."""

from home.models.contact import ContactPage
from home.models.content import IndexPage, StandardPage
from home.models.home import HomePage
from home.models.story import StoryPage

__all__ = ["ContactPage", "HomePage", "IndexPage", "StandardPage", "StoryPage"]
