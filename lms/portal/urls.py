"""Addresses of portal: what a learner opens."""

from django.urls import URLPattern, URLResolver, path

from lms.portal.views import app, catalogue, course, desk, home, lesson, me, media, study

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("courses/", catalogue.catalogue, name="catalogue"),
    path("courses/<uuid:course>/", course.course, name="course"),
    path("courses/<uuid:course>/enrol/", course.enrol, name="enrol"),
    path("learn/<uuid:course>/<uuid:lesson>/", lesson.lesson, name="lesson"),
    path("learn/<uuid:course>/<uuid:lesson>/start/", study.start, name="start"),
    path("learn/<uuid:course>/<uuid:lesson>/beat/", study.beat, name="beat"),
    path("learn/<uuid:course>/<uuid:lesson>/check/", study.check, name="check"),
    path("manifest-<slug:language>.webmanifest", app.manifest, name="manifest"),
    path("worker-<slug:language>.js", app.worker, name="worker"),
    path("offline/<slug:language>/", app.offline, name="offline"),
    path("exams/offline/<slug:language>/", app.offline_sheet, name="offline_sheet"),
    path("learn/<uuid:course>/<uuid:lesson>/media/<uuid:file>/", media.media, name="media"),
    path("learn/<uuid:course>/<uuid:lesson>/media/<uuid:file>/<int:page>/", media.media, name="media_page"),
    path("desk/", desk.desk, name="desk"),
    path("me/", me.me, name="me"),
    path("me/transcript/", me.transcript, name="transcript"),
]
