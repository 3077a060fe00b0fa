"""Every address. Each app names its own; this file only orders them."""

from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls

from cms.views import document
from lms.portal.views.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("lms.people.account_urls")),
    path("", include("lms.people.urls")),
    path("", include("lms.notices.urls")),
    path("", include("cms.urls")),
    path("", include("courses.urls")),
    path("", include("lms.news.urls")),
    path("", include("lms.records.urls")),
    path("", include("exams.urls")),
    path("", include("certificates.urls")),
    path("", include("lms.portal.urls")),
    path("", include("lms.reports.urls")),
    path("cms/", include("cms.desk_urls")),
    path("documents/<int:document_id>/<str:document_filename>", document, name="wagtaildocs_serve"),
    path("pages/_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("pages/", include(wagtail_urls)),
]

handler403 = "lms.portal.views.errors.forbidden"
