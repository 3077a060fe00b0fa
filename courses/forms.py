"""Forms of the trainer's screens."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.page_forms import PageForm
from courses.enums import LessonKind, Line
from lms.people.access import Perm, can
from lms.people.models import Person


class CoursePageForm(PageForm):
    """A course with lessons to learn has hours; one that is only announced may do without."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if is_draft(self):
            return cleaned
        if not cleaned.get("coming_soon") and not cleaned.get("hours"):
            self.add_error("hours", _("Please enter the approved hours before submitting."))
        return cleaned


def is_draft(form: forms.BaseForm) -> bool:
    """A draft may be saved incomplete; what is submitted or published may not."""
    return not {"action-publish", "action-submit", "action-restart-workflow"} & set(form.data)


class LessonPageForm(PageForm):
    """Offers the modules of the course as they stand in its draft, and ties kind and activity together."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "module" in self.fields:
            self.fields["module"] = forms.ChoiceField(
                label=_("Module"), required=False, choices=self._modules(), initial=self.instance.module,
                disabled=self.comments_only,
            )  # fmt: skip

    def _modules(self) -> list[tuple[str, str]]:
        course = self.parent_page or self.instance.get_parent()
        draft = course.specific.get_latest_revision_as_object()
        return [("", _("(none)")), *((module.key, module.title) for module in draft.modules.all())]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        body = cleaned.get("body")
        activities = [block.value["kind"] for block in body or [] if block.block_type == "activity"]
        if len(activities) > 1:
            self.add_error("body", _("A lesson opens at most one activity."))
        kind = cleaned.get("kind")
        if kind == LessonKind.READING and activities:
            self.add_error("kind", _("This lesson contains an activity. Please choose its kind here too."))
        if kind != LessonKind.READING and activities != [kind] and not is_draft(self):
            self.add_error("body", _("Please add the activity this lesson opens."))
        return cleaned


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """One file or several; cleaned to a list."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFilesField, self).clean(file, initial) for file in files or [None]]


class ImportFilesForm(forms.Form):
    """What a course is to be made of."""

    file = ManyFilesField(
        label=_("Word, Markdown or zip file"), allow_empty_file=True,
        help_text=_("Up to 20 MB. Markdown with pictures: choose all files at once, or a zip file of them."),
    )  # fmt: skip


class ConfirmImportForm(forms.Form):
    """Where the course of a preview goes."""

    line = forms.ChoiceField(label=_("Line of business"), choices=[("", _("Please choose")), *Line.choices])
    owner = forms.CharField(
        label=_("Owner's staff number"), max_length=32,
        help_text=_("For somebody else enter their number; you stay on it as a co-author."),
    )  # fmt: skip

    def clean_owner(self) -> Person:
        person = Person.objects.active().numbered(self.cleaned_data["owner"]).first()
        if person is None or not can(person, Perm.COURSES_EDIT):
            raise forms.ValidationError(_("No trainer has this staff number. Please check it and try again."))
        return person


class CoAuthorForm(forms.Form):
    staff_no = forms.CharField(label=_("Staff number"), max_length=32)
