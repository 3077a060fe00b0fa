"""Addresses of the bare views: those of the real ones."""

from django.urls import path

from benchmarks.bare import exams, login, pages, posts

urlpatterns = [
    path("", pages.home),
    path("courses/<uuid:course>/", pages.course_page),
    path("learn/<uuid:course>/<uuid:lesson>/", pages.study_page),
    path("learn/<uuid:course>/<uuid:lesson>/beat/", posts.beat),
    path("exams/<uuid:exam>/start/", exams.start),
    path("exams/sitting/<uuid:attempt>/answer/", exams.answer),
    path("exams/sitting/<uuid:attempt>/submit/", exams.submit),
    path("accounts/login/", login.login),
]
