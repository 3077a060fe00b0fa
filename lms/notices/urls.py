"""Addresses of notices."""

from django.urls import path

from lms.notices import views

app_name = "notices"
urlpatterns = [
    path("notices/", views.inbox, name="inbox"),
    path("notices/read/", views.read_all, name="read_all"),
    path("notices/<uuid:uuid>/", views.open_notice, name="open"),
    path("notices/<uuid:uuid>/read/", views.read_one, name="read_one"),
]
