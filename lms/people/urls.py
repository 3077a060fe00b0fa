"""Addresses of the people desk. The account pages have allauth's names: `account_urls`."""

from django.urls import path

from lms.people.views import people, rosters

app_name = "people"
urlpatterns = [
    path("desk/people/", people.index, name="index"),
    path("desk/people/roster/", rosters.read, name="roster_read"),
    path("desk/people/roster/<uuid:uuid>/", rosters.report, name="roster"),
    path("desk/people/roster/<uuid:uuid>/decide/", rosters.decide, name="roster_decide"),
    path("desk/people/roster/<uuid:uuid>/apply/", rosters.apply, name="roster_apply"),
    path("desk/people/<uuid:uuid>/", people.person, name="person"),
    path("desk/people/<uuid:uuid>/password/", people.issue_password, name="issue_password"),
    path("desk/people/<uuid:uuid>/unlock/", people.unlock, name="unlock"),
    path("desk/people/<uuid:uuid>/deactivate/", people.deactivate, name="deactivate"),
    path("desk/people/<uuid:uuid>/reactivate/", people.reactivate, name="reactivate"),
    path("desk/people/<uuid:uuid>/end-sessions/", people.end_sessions, name="end_sessions"),
    path("desk/people/<uuid:uuid>/roles/", people.grant_role, name="grant_role"),
    path("desk/people/<uuid:uuid>/roles/<int:grant>/revoke/", people.revoke_role, name="revoke_role"),
]
