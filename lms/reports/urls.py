"""Addresses of reports."""

from django.urls import URLPattern, URLResolver, path

from lms.reports.views import attention, completion, export, reminders, saved

app_name = "reports"
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/completion/", completion.index, name="completion"),
    path("desk/completion/people/", completion.people, name="people"),
    path("desk/completion/attention/", attention.pressing, name="pressing"),
    path("desk/completion/trend/", attention.trend, name="trend"),
    path("desk/completion/grid/", attention.grid, name="grid"),
    path("desk/completion/saved/", saved.saved, name="saved"),
    path("desk/completion/saved/<uuid:uuid>/delete/", saved.delete, name="delete_saved"),
    path("desk/completion/export.pdf", export.paper, name="paper"),
    path("desk/completion/export.xlsx", export.export, name="export"),
    path("desk/completion/remind/overdue/", reminders.remind_overdue, name="remind_overdue"),
    path("desk/completion/remind/<uuid:person>/", reminders.remind, name="remind"),
]
