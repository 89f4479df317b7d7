"""Site health: what a city's team should mend next. Each check is a module; `findings` runs them all."""

from city_sites.health.checks import findings, findings_for, register_check
from city_sites.health.finding import Finding, Kind, Right, Severity
from city_sites.health.survey import Survey

__all__ = ["Finding", "Kind", "Right", "Severity", "Survey", "findings", "findings_for", "register_check"]
