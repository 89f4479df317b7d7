"""The outbox to read in a browser, in development only: mail that nobody sends can still be looked at."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.core.models import OutboxMessage

MAILS_ON_A_PAGE = 50


def _in_development(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """404 unless DEV_MAIL_PAGE is on, which production settings do not even define."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not getattr(settings, "DEV_MAIL_PAGE", False):
            raise Http404
        request.is_noindex = True  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return never_cache(require_safe(guarded))


@_in_development
def mail_list(request: HttpRequest) -> HttpResponse:
    """All mail, newest first."""
    entries = Paginator(OutboxMessage.objects.defer("html"), MAILS_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/dev_mail/list.html", {"entries": entries})


@_in_development
def mail_message(request: HttpRequest, message_id: int) -> HttpResponse:
    """One mail: text as it is, HTML as source, so that nothing in it runs or loads."""
    message = get_object_or_404(OutboxMessage, pk=message_id)
    return render(request, "portal/dev_mail/message.html", {"message": message})
