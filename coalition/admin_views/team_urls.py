"""Addresses below /admin/city/<city_id>/people/."""

from django.urls import path

from coalition.admin_views import team_leaving, team_people

app_name = "coalition_team"

urlpatterns = [
    path("", team_people.PeopleView.as_view(), name="people"),
    path("invite/", team_people.InviteView.as_view(), name="invite"),
    path("<int:user_id>/roles/", team_people.RolesView.as_view(), name="roles"),
    path("<int:user_id>/remove/", team_leaving.RemoveView.as_view(), name="remove"),
    path("invitations/<int:invitation_id>/withdraw/", team_leaving.WithdrawView.as_view(), name="withdraw"),
    path("leave/", team_leaving.LeaveView.as_view(), name="leave"),
]
