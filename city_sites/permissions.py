"""What may be done with a city's home page itself, whatever rights somebody holds on the pages below it."""

from wagtail.models import PagePermissionTester


class CityHomePermissionTester(PagePermissionTester):
    """What Wagtail allows, except for what would take the whole site away: that goes by membership and schedule."""

    def can_unpublish(self) -> bool:
        """Taking a site down follows the city's membership."""
        return self.user.is_superuser and super().can_unpublish()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Deleting a site is scheduled by staff."""
        return self.user.is_superuser and super().can_delete(ignore_bulk=ignore_bulk)

    def can_move(self) -> bool:
        """A site stays where its address is."""
        return False

    def can_copy(self) -> bool:
        """A city has one site; another one is provisioned for another city."""
        return False

    def can_set_view_restrictions(self) -> bool:
        """A city's site is public, or it is not there."""
        return self.user.is_superuser and super().can_set_view_restrictions()
