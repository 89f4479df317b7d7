"""Sixteen clients sign up at once, on whatever database is configured: how many a second, how long the slowest wait,
and whether every place was sold once."""

import secrets
import threading
import time
from collections.abc import Callable

from django.db import connection
from django.db.models import Count, Q, Sum

from bench.report import Report, percentile
from city_sites.factories import city_site
from city_sites.models import CitySectionPage
from volunteering import factories
from volunteering.booking.applying import sign_up
from volunteering.booking.managing import cancel
from volunteering.models import ACTIVE, HOLDING, Shift, SignUp, SignUpStatus

CLIENTS = 16
SIGN_UPS = 480
PLACES = 200
SPREAD = 24
LEAST_A_SECOND = 25
MOST_P99_MS = 2_500


def measure_sign_ups(report: Report) -> None:
    """480 sign-ups, each with its mail and every tenth canceled again: for one shift, then over 24 of them."""
    home = city_site("Tulsa", "OK")
    section = CitySectionPage.objects.descendant_of(home).get(section="opportunities")
    page = factories.opportunity(section, f"Measured {secrets.token_hex(4)}")
    for words, count in (("one shift", 1), (f"{SPREAD} shifts", SPREAD)):
        shifts = [
            factories.shift(page, days=5 + day, capacity=PLACES // count, waitlist_size=SIGN_UPS)
            for day in range(count)
        ]
        times, seconds = _run(shifts)
        report.line(f"sign-ups a second, {CLIENTS} clients, {words}", len(times) / seconds, "", at_least=LEAST_A_SECOND)
        report.line(f"sign-up, {CLIENTS} clients, {words}: median", percentile(times, 50), "ms")
        report.line(f"sign-up, {CLIENTS} clients, {words}: p99", percentile(times, 99), "ms", at_most=MOST_P99_MS)
        report.line(f"places sold twice or lost, {words}", _wrong(shifts), "", at_most=0, digits=0)


def _run(shifts: list[Shift]) -> tuple[list[float], float]:
    """How long each sign-up took, in milliseconds, and all of them, in seconds. What a client raises is raised here."""
    times: list[float] = []
    errors: list[Exception] = []
    begin = threading.Barrier(CLIENTS + 1)

    def client(number: int) -> None:
        begin.wait()
        try:
            for turn in range(SIGN_UPS // CLIENTS):
                times.append(_sign_up(shifts[(number + turn) % len(shifts)], f"c{number}t{turn}", turn % 10 == 9))
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    begin.wait()
    start = time.perf_counter()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return times, time.perf_counter() - start


def _sign_up(shift: Shift, name: str, is_canceled: bool) -> float:
    form = factories.application(f"{name}.{secrets.token_hex(4)}@example.org")
    start = time.perf_counter()
    row, _result = sign_up(shift_id=shift.pk, application=form)
    took = (time.perf_counter() - start) * 1000
    if is_canceled:
        cancel(sign_up=row)
    return took


def _wrong(shifts: list[Shift]) -> int:
    """How many invariants do not hold, over all shifts."""
    checks: tuple[Callable[[Shift], bool], ...] = (_is_counted, _is_used, _has_each_once)
    return sum(not check(Shift.objects.get(pk=shift.pk)) for shift in shifts for check in checks)


def _is_counted(shift: Shift) -> bool:
    held = SignUp.objects.filter(shift=shift, status__in=HOLDING).aggregate(people=Sum("group_size"))["people"] or 0
    return shift.taken == held and shift.capacity is not None and held <= shift.capacity


def _is_used(shift: Shift) -> bool:
    waits = SignUp.objects.filter(shift=shift, status=SignUpStatus.WAITING).exists()
    return not waits or shift.taken == shift.capacity


def _has_each_once(shift: Shift) -> bool:
    rows = SignUp.objects.filter(shift=shift).values("email_folded")
    return not rows.annotate(rows=Count("pk", filter=Q(status__in=ACTIVE))).filter(rows__gt=1).exists()
