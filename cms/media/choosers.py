"""Choosing and uploading media inside the editor: one chooser a kind, each listing what its user uploaded."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import chooser as views
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.permissions import policy_registry

from cms.media.actions import keep_media
from cms.media.arrivals import LIMITS, MB, looked_into, too_large
from cms.templatetags.cms_media import length_of, size_of
from lms.kernel import clock

ACCEPTED = {
    "video": "video/mp4,.mp4",
    "audio": "audio/mpeg,audio/mp4,.mp3,.m4a",
    "captions": ".vtt",
    "document": "application/pdf,.pdf",
}
HELP = {
    "video": _("MP4 with H.264 and AAC, up to %(most)d MB. 720p and at most 15 minutes suit phones best."),
    "audio": _("MP3 or M4A, up to %(most)d MB."),
    "captions": _("WebVTT (.vtt), up to %(most)d MB."),
    "document": _("PDF, up to %(most)d MB and 100 pages. It is shown page by page."),
}


class MediaForm(forms.Form):
    """A title and a file. What is wrong with the file is said beside it; `save` keeps it."""

    title = forms.CharField(label=_("Title"), max_length=120)
    file = forms.FileField(label=_("File"))

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        about: Any = HELP[kind]
        self.fields["file"].help_text = about % {"most": LIMITS[kind] // MB}
        self.fields["file"].widget.attrs |= {
            "accept": ACCEPTED[kind],
            "data-most-bytes": LIMITS[kind],
            "data-too-large": too_large("{size}", kind),
        }

    def save(self, by: Any) -> Any:
        """The kept file; None when it is not what it should be."""
        try:
            with looked_into(self.kind, self.cleaned_data["file"]) as arrival:
                title = self.cleaned_data["title"]
                return keep_media(kind=self.kind, title=title, arrival=arrival, by=by, at=clock.now())
        except ValidationError as wrong:
            self.add_error("file", wrong)
            return None


class OfOneKind:
    """Files of one kind that the person uploaded."""

    kind = ""

    @cached_property
    def policy(self) -> Any:
        return policy_registry.get_by_type(self.model_class)  # type: ignore[attr-defined]

    def own(self) -> Any:
        user = self.request.user  # type: ignore[attr-defined]
        return self.policy.instances_user_has_any_permission_for(user, ["choose"]).filter(kind=self.kind)


class Listing(OfOneKind):
    def get_object_list(self) -> Any:
        return self.own()

    @property
    def columns(self) -> list[Column]:
        said = [Column("length", label=_("Length"), accessor=length_of)] if self.kind != "captions" else []
        size = Column("bytes", label=_("Size"), accessor=size_of)
        return [*super().columns, *said, size, DateColumn("created_at", label=_("Uploaded on"))]  # type: ignore[misc]

    def get_creation_form(self) -> MediaForm:
        return MediaForm(kind=self.kind, prefix=self.kind)


class ChooseView(Listing, views.ChooseView):
    pass


class ResultsView(Listing, views.ChooseResultsView):
    pass


class ChosenView(OfOneKind, views.ChosenView):
    def get_object(self, pk: str) -> Any:
        item = super().get_object(pk) if pk.isdecimal() else None
        if item is None or not self.own().filter(pk=item.pk).exists():
            raise PermissionDenied
        return item


class ChosenMultipleView(OfOneKind, views.ChosenMultipleView):
    def get_objects(self, pks: list[str]) -> Any:
        return self.own().filter(pk__in=[pk for pk in pks if pk.isdecimal()])


class CreateView(OfOneKind, views.CreateView):
    def get_creation_form(self) -> MediaForm:
        if self.request.method == "POST":
            return MediaForm(self.request.POST, self.request.FILES, kind=self.kind, prefix=self.kind)
        return MediaForm(kind=self.kind, prefix=self.kind)

    def post(self, request: Any) -> Any:
        self.form = self.get_creation_form()
        kept = self.form.save(by=request.user) if self.form.is_valid() else None
        return self.get_chosen_response(kept) if kept else self.get_reshow_creation_form_response()


def _chooser(of: str, icon_name: str, choose: Any, another: Any) -> ChooserViewSet:
    """The chooser of one kind; its views know which."""

    class MediaChooser(ChooserViewSet):
        model = "cms.MediaFile"
        icon = icon_name
        choose_one_text = choose
        choose_another_text = another
        creation_tab_label = _("Upload")
        create_action_label = _("Upload")
        create_action_clicked_label = _("Uploading…")
        register_widget = False
        choose_view_class = type("Choose", (ChooseView,), {"kind": of})
        choose_results_view_class = type("Results", (ResultsView,), {"kind": of})
        chosen_view_class = type("Chosen", (ChosenView,), {"kind": of})
        chosen_multiple_view_class = type("ChosenMultiple", (ChosenMultipleView,), {"kind": of})
        create_view_class = type("Create", (CreateView,), {"kind": of})

    return MediaChooser(f"media_{of}", url_prefix=f"media/{of}")


video = _chooser("video", "media", _("Choose a video"), _("Choose another video"))
audio = _chooser("audio", "media", _("Choose a recording"), _("Choose another recording"))
captions = _chooser("captions", "openquote", _("Choose captions"), _("Choose other captions"))
document = _chooser("document", "doc-full", _("Choose a document"), _("Choose another document"))
ALL = (video, audio, captions, document)
