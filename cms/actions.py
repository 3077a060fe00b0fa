"""Verbs of content: the building it stands in, and who shares a work."""

from datetime import datetime

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.admin.models import Admin
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.images import get_image_model
from wagtail.images.fields import WagtailImageField
from wagtail.images.models import AbstractImage
from wagtail.models import Collection, Locale, Page, Site

from cms import ownership
from cms.models import CoAuthor, HomePage
from lms.people.enums import Role
from lms.people.models import Person

DESK_ROLES = (Role.TRAINER, Role.REVIEWER, Role.COMPLIANCE)


@transaction.atomic
def ensure_building(*, language: str, site_name: str) -> HomePage:
    """Root, home page, site and the groups that may enter the content desk; whatever exists is left alone."""
    locale, _new = Locale.objects.get_or_create(language_code=get_supported_content_language_variant(language))
    if not Collection.objects.filter(depth=1).exists():
        Collection.add_root(name="Root")
    _ensure_groups()
    home = HomePage.objects.first()
    if home is None:
        root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=locale)
        Page.objects.filter(pk=root.pk).update(title=_("All content"), draft_title=_("All content"))
        home = root.add_child(instance=HomePage(title=site_name, slug="lidian", locale=locale))
    _ensure_site(home, site_name)
    return home


def _ensure_groups() -> None:
    content_type = ContentType.objects.get_for_model(Admin)
    enter, _new = Permission.objects.get_or_create(
        content_type=content_type, codename="access_admin", defaults={"name": "Can access Wagtail admin"}
    )
    for role in DESK_ROLES:
        group, _new = Group.objects.get_or_create(name=role.value)
        group.permissions.add(enter)


def _ensure_site(home: HomePage, site_name: str) -> None:
    """Wagtail's welcome page gives way to our home page."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", is_default_site=True, root_page=home, site_name=site_name)
        return
    if site.root_page_id != home.pk:
        welcome, site.root_page = site.root_page, home
        site.site_name = site_name
        site.save()
        if welcome.depth == home.depth and welcome.is_leaf():
            Page.objects.get(pk=welcome.pk).delete()


@transaction.atomic
def share(*, page: Page, person: Person, by: Person | None, at: datetime) -> CoAuthor:
    """Let somebody work on a work together with its owner. They need the trainer's role themselves to enter."""
    facts = {"added_by": by, "added_at": at, "removed_at": None}
    author = CoAuthor.objects.current().filter(page=page, person=person).first()
    author = author or CoAuthor.objects.update_or_create(page=page, person=person, defaults=facts)[0]
    ownership.forget(person)
    return author


@transaction.atomic
def unshare(*, page: Page, person: Person, by: Person | None, at: datetime) -> None:
    """They have written it all the same, and never review it."""
    CoAuthor.objects.current().filter(page=page, person=person).update(removed_at=at)
    ownership.forget(person)


@transaction.atomic
def add_image(*, title: str, file_name: str, content: bytes, by: Person | None) -> AbstractImage:
    """An image for lessons, checked as an upload would be. Raises ValidationError."""
    file = WagtailImageField().clean(SimpleUploadedFile(file_name, content))
    image = get_image_model()(title=title, uploaded_by_user=by, collection=Collection.get_first_root_node())
    image.file = ImageFile(file, name=file_name)
    image.file_size = len(content)
    image.save()
    return image
