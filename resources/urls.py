"""Addresses of the library that are no pages."""

from django.urls import URLPattern, path

from resources.feedback import views as feedback

app_name = "library"
urlpatterns: list[URLPattern] = [
    path("feedback/why/<str:ticket>/", feedback.why, name="feedback_why"),
    path("feedback/thanks/<str:ticket>/", feedback.thanks, name="feedback_thanks"),
    path("feedback/<uuid:key>/", feedback.answer, name="feedback"),
]
