"""Addresses of certificates."""

from django.urls import URLPattern, URLResolver, path

from certificates.views import desk, own, templates, verify

app_name = "certificates"
urlpatterns: list[URLPattern | URLResolver] = [
    path("certificates/", own.mine, name="mine"),
    path("certificates/<uuid:uuid>/", own.show, name="show"),
    path("certificates/<uuid:uuid>/certificate.pdf", own.pdf, name="pdf"),
    path("certificates/<uuid:uuid>/certificate.png", own.png, name="png"),
    path("certificates/<uuid:uuid>/qr.svg", own.qr, name="qr"),
    path("verify/<path:code>", verify.verify, name="verify"),
    path("desk/certificates/", desk.index, name="desk"),
    path("desk/certificates/templates/", templates.index, name="templates"),
    path("desk/certificates/templates/new/", templates.edit, name="template_new"),
    path("desk/certificates/templates/<slug:key>/", templates.edit, name="template"),
    path("desk/certificates/<uuid:uuid>/", desk.show, name="desk_show"),
    path("desk/certificates/<uuid:uuid>/revoke/", desk.revoke, name="revoke"),
    path("desk/certificates/<uuid:uuid>/again/", desk.try_again, name="again"),
]
