"""The fixed words by which resources are told apart. Topics are staff's own; these are not."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Format(models.TextChoices):
    """What kind of thing a resource is. Playbooks and toolkits are page types of their own."""

    BLUEPRINT = "blueprint", _("Blueprint")
    GUIDE = "guide", _("Guide")
    CASE_STUDY = "case_study", _("Case study")
    TEMPLATE = "template", _("Template")
    WEBINAR = "webinar", _("Webinar")
    DATA = "data", _("Data")
    PLAYBOOK = "playbook", _("Playbook")
    TOOLKIT = "toolkit", _("Toolkit")


GUIDE_FORMATS = [choice for choice in Format.choices if choice[0] not in {Format.PLAYBOOK, Format.TOOLKIT}]


class Audience(models.TextChoices):
    """Who a resource is mainly for."""

    CITY_TEAM = "city_team", _("City teams")
    MAYORS_OFFICE = "mayors_office", _("Mayors’ offices")
    NEIGHBORS = "neighbors", _("Neighbors and volunteers")
    NONPROFITS = "nonprofits", _("Nonprofits and congregations")
    SCHOOLS = "schools", _("Schools")
    RECRUITS = "recruits", _("People new to city government")


class Effort(models.TextChoices):
    """How long it takes, from the first call to the first result."""

    DAY = "day", _("A day or less")
    WEEKS = "weeks", _("A few weeks")
    MONTHS = "months", _("A few months")
    YEAR = "year", _("A year or more")


class Evidence(models.TextChoices):
    """How sure we are that it works, from the least to the most."""

    IDEA = "idea", _("An idea worth trying")
    ONE_CITY = "one_city", _("Done in one city")
    CITIES = "cities", _("Measured in several cities")
    STUDY = "study", _("Studied by researchers")


class Licence(models.TextChoices):
    """What others may do with the words."""

    CC_BY = "cc_by", _("Copy it, change it, name us (CC BY 4.0)")
    PUBLIC = "public", _("Public domain: do as you like")
    MIT = "mit", _("MIT license: keep the notice")
    ASK = "ask", _("Ask before you copy")


class Access(models.TextChoices):
    """Who reads more than title and summary."""

    EVERYBODY = "everybody", _("Everybody")
    MEMBERS = "members", _("Members only")
