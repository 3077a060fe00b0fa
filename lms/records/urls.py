"""Addresses of records: assignments and training records at the desk."""

from django.urls import URLPattern, URLResolver, path

from lms.records.views import assignments, records

app_name = "records"
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/assignments/", assignments.index, name="assignments"),
    path("desk/assignments/new/", assignments.new, name="assign"),
    path("desk/assignments/<uuid:uuid>/", assignments.show, name="assignment"),
    path("desk/assignments/<uuid:uuid>/withdraw/", assignments.withdraw, name="withdraw"),
    path("desk/records/", records.index, name="records"),
    path("desk/records/<uuid:uuid>/correct/", records.correct, name="correct"),
]
