"""The people in a city hall whom coalition staff write to."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from coalition.models.city import City


class Contact(models.Model):
    """One person in a city hall. Seen by coalition staff only."""

    city = ParentalKey(City, on_delete=models.CASCADE, related_name="contacts", verbose_name=_("city"))
    name = models.CharField(_("name"), max_length=120)
    job_title = models.CharField(_("job title"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    is_main = models.BooleanField(_("first to ask"), default=False)

    class Meta:
        """The first to ask comes first."""

        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["-is_main", "name"]

    def __str__(self) -> str:
        return self.name
