"""Which cities: each rule about membership is written here once."""

from typing import Self

from django.db import models


class CityQuerySet(models.QuerySet):
    """Cities by where they stand in the coalition."""

    def members(self) -> Self:
        """Cities whose membership is in force."""
        return self.filter(status="member")

    def in_state(self, code: str) -> Self:
        """Cities of one state, by its two-letter code."""
        return self.filter(state=code.upper())

    def newest_first(self) -> Self:
        """Latest members first; a tie goes by name."""
        return self.order_by(models.F("member_since").desc(nulls_last=True), "name", "state")
