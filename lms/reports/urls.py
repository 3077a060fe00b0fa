"""Addresses of reports."""

from django.urls import URLPattern, URLResolver, path

from lms.reports.views import completion, export, reminders

app_name = "reports"
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/completion/", completion.index, name="completion"),
    path("desk/completion/people/", completion.people, name="people"),
    path("desk/completion/export.xlsx", export.export, name="export"),
    path("desk/completion/remind/overdue/", reminders.remind_overdue, name="remind_overdue"),
    path("desk/completion/remind/<uuid:person>/", reminders.remind, name="remind"),
]
