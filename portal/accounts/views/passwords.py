"""A new password: by the one of now, or by a link in a mail."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from portal.accounts import events, sessions, sudo
from portal.accounts.answering import after_answer
from portal.accounts.devices import remember_device
from portal.accounts.forms import AskResetForm, ChangePasswordForm, NewPasswordForm
from portal.accounts.models import User
from portal.accounts.views.signing_in import has_error
from portal.core.mail import send_mail_from_folder
from portal.core.throttle import allow

LINKS_AN_HOUR = 5  # to one mailbox, so that nobody can flood it


@sensitive_post_parameters("old_password", "new_password1", "new_password2")
def change_password(request: HttpRequest) -> HttpResponse:
    """Everybody who is signed in; every other session ends."""
    form = ChangePasswordForm(request.user, request, request.POST or None)  # type: ignore[arg-type]
    if request.method != "POST" or not form.is_valid():
        status = 429 if form.is_bound and has_error(form, "throttled") else 422 if form.is_bound else 200
        return render(request, "accounts/password.html", {"form": form}, status=status)
    user: Any = form.save()
    old_key = request.session.session_key
    update_session_auth_hash(request, user)
    sessions.follow(request, old_key)
    sessions.end_all(user, but=request.session.session_key)
    sudo.remember(request)
    events.record("accounts.password_changed", user, by=user, request=request)
    messages.success(request, _("Your password is changed. All other browsers are signed out."))
    return redirect("account_overview")


def ask_reset(request: HttpRequest) -> HttpResponse:
    """The same answer whether there is an account or not: it has left before anybody looks."""
    form = AskResetForm(request.POST or None, request=request)
    if request.method != "POST" or not form.is_valid():
        status = 429 if form.is_bound and has_error(form, "throttled") else 422 if form.is_bound else 200
        return render(request, "accounts/reset.html", {"form": form}, status=status)
    response = redirect("account_reset_password_done")
    after_answer(response, partial(_send_link, form.cleaned_data["email"]))
    return response


def reset_asked(request: HttpRequest) -> HttpResponse:
    """Look into your mailbox."""
    return render(request, "accounts/reset_asked.html", {"hours": settings.PASSWORD_RESET_TIMEOUT // 3600})


def _send_link(email: str) -> None:
    user = User.objects.filter(email=email, is_active=True).first()
    if user is None or not user.has_usable_password():
        return
    if not allow("accounts.reset_link", str(user.pk), LINKS_AN_HOUR, 3600):
        return
    token = default_token_generator.make_token(user)
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    with events.in_language_of(user) as language:
        path = reverse("account_reset_confirm", args=[uid, token])
    send_mail_from_folder(
        folder="accounts/mail/reset_link",
        to=[user.email],
        context={
            "person": user,
            "link": settings.WAGTAILADMIN_BASE_URL + path,
            "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
        },
        key=f"accounts.reset_link:{user.pk}:{token}",
        language=language,
    )
    events.record("accounts.reset_asked", user)


@method_decorator(sensitive_post_parameters("new_password1", "new_password2"), name="dispatch")
class ResetConfirmView(PasswordResetConfirmView):
    """A new password for whoever has the link. Signs nobody in: a second factor is asked for as ever."""

    form_class = NewPasswordForm
    template_name = "accounts/reset_confirm.html"
    success_url = reverse_lazy("account_login")

    def form_valid(self, form: Any) -> HttpResponse:
        """Every session ends, and this browser is known from now on: it showed that it reads the mailbox."""
        user = form.save()
        sessions.end_all(user, but=self.request.session.session_key)
        auth.logout(self.request)
        events.record("accounts.password_reset", user, by=user, request=self.request)
        messages.success(self.request, _("Your new password is set. Sign in with it."))
        response = HttpResponseRedirect(str(self.success_url))
        remember_device(self.request, response, user)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        """422."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


def to_reset(request: HttpRequest) -> HttpResponse:
    """The address where Wagtail asks whose password it is."""
    return redirect("account_reset_password")


def to_confirm(request: HttpRequest, uidb64: str, token: str) -> HttpResponse:
    """The address of Wagtail's links, which may still lie in a mailbox."""
    return redirect("account_reset_confirm", uidb64=uidb64, token=token)
