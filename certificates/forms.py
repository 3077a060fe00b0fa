"""What people fill in about certificates."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.actions.template import LONGEST_WORDING, WORDING, check_wording
from certificates.rendering import glyphs
from courses.models import Course


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Kept with the certificate. Verification shows the state, not the reason."),
        max_length=255,
        widget=forms.Textarea(attrs={"rows": 3, "class": "input"}),
    )


class CoursesField(forms.ModelMultipleChoiceField):
    """Courses by the title they have now."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.current_edition.title)


class TemplateForm(forms.Form):
    """What certificates say. Changing it changes no certificate that was issued before."""

    name = forms.CharField(label=_("Title of the certificate"), max_length=100)
    courses = CoursesField(
        label=_("Courses it certifies"),
        queryset=Course.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    wording = forms.CharField(
        label=_("Wording"),
        help_text=_("{name} stands on a line of its own. Also: {date} {course} {hours} {score} {unit} {number}"),
        initial=WORDING,
        max_length=LONGEST_WORDING,
        widget=forms.Textarea(attrs={"rows": 4, "class": "input"}),
        validators=[check_wording],
    )
    signer = forms.CharField(label=_("Issued by"), max_length=100)
    signer_title = forms.CharField(label=_("Department and name under it"), max_length=100, required=False)
    seal_text = forms.CharField(
        label=_("Text of the seal"),
        help_text=_("Only with the authority of the company whose name it shows. Empty: no seal."),
        max_length=60,
        required=False,
    )
    number_prefix = forms.RegexField(
        label=_("Prefix of the number"),
        help_text=_("Capital letters, digits and hyphens, for example YL-AQ: numbers become YL-AQ-2026-000001."),
        regex=r"^[A-Z0-9](?:[A-Z0-9-]*[A-Z0-9])?$",
        max_length=20,
    )
    validity_months = forms.IntegerField(
        label=_("Valid for (months)"), help_text=_("Empty: without limit."), min_value=1, max_value=600, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = cast(CoursesField, self.fields["courses"])
        choice.queryset = Course.objects.offered().select_related("current_edition")

    def clean(self) -> dict[str, Any]:
        """Every character of the fixed words must have a glyph, before anybody earns the certificate."""
        cleaned = super().clean() or {}
        for name in ("name", "wording", "signer", "signer_title", "seal_text"):
            missing = glyphs.missing(str(cleaned.get(name, "")).replace("\r", "").replace("\n", ""))
            if missing:
                self.add_error(
                    name, _("No font has these characters: %(characters)s") % {"characters": "".join(missing)}
                )
        return cleaned
