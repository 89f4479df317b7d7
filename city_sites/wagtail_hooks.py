"""Where city sites take part in Wagtail. Each subject has a module of its own, which registers its hooks on import."""

from city_sites import audit_hooks, changes_hooks, deletion_hooks, host_hooks, moving_hooks, search_hooks  # noqa: F401
from city_sites.adopting import hooks as adopting_hooks  # noqa: F401
from city_sites.desk import hooks as desk_hooks  # noqa: F401
from city_sites.guide_feedback import hooks as guide_feedback_hooks  # noqa: F401
from city_sites.look import hooks as look_hooks  # noqa: F401
