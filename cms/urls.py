"""Addresses of cms: files, and the content desk (Wagtail) behind its gate."""

from django.urls import URLPattern, URLResolver, path

from cms import views

app_name = "cms"
urlpatterns: list[URLPattern | URLResolver] = [
    path("images/<str:name>", views.asset, name="asset"),
    path("media/<path:path>", views.thumbnail, name="thumbnail"),
]
