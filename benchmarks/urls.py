"""Our addresses, and the bare views under /bare/."""

from django.urls import include, path

from lms.urls import urlpatterns as ours

urlpatterns = [path("bare/", include("benchmarks.bare.urls")), *ours]
