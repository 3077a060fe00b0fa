"""What the training administrator fills in."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models import Course
from lms.people.models import OrgUnit, Person, PostAssignment


class CourseChoice(forms.ModelChoiceField):
    def label_from_instance(self, course: Course) -> str:
        return course.current_edition.title if course.current_edition else course.code


class UnitChoice(forms.ModelChoiceField):
    def label_from_instance(self, unit: OrgUnit) -> str:
        return f"{'　' * unit.depth}{unit.name}"


class AssignForm(forms.Form):
    """Which course, for whom, by when. Only units and people within `units` can be named."""

    course = CourseChoice(Course.objects.none(), label=_("Course"), empty_label=_("Please choose"))
    unit = UnitChoice(
        OrgUnit.objects.none(),
        label=_("Unit"),
        required=False,
        empty_label=_("Nobody by unit"),
        help_text=_("With everything under it. Who joins later is included."),
    )
    staff_no = forms.CharField(
        label=_("Or one person, by staff number"),
        required=False,
        max_length=32,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    due_on = forms.DateField(
        label=_("Due date"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Until the end of this day. Without a date it is never overdue."),
    )
    required = forms.TypedChoiceField(
        label=_("Kind"),
        choices=[("yes", _("Required")), ("no", _("Optional"))],
        coerce=lambda value: value == "yes",
        initial="yes",
    )
    again = forms.TypedChoiceField(
        label=_("Who has completed the course already"),
        choices=[("no", _("counts as done")), ("yes", _("learns it again"))],
        coerce=lambda value: value == "yes",
        initial="no",
    )
    reason = forms.CharField(label=_("Reason"), required=False, max_length=255)

    def __init__(self, *args: Any, units: QuerySet[OrgUnit], at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units, self.at = units, at
        courses = Course.objects.offered().filter(current_edition__coming_soon=False)
        self.fields["course"].queryset = courses.select_related("current_edition")  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units.order_by("path")  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", "input")

    def clean_staff_no(self) -> Person | None:
        typed: str = self.cleaned_data["staff_no"].strip()
        if not typed:
            return None
        posts = PostAssignment.objects.current().filter(unit__in=self.units)
        person: Person | None = Person.objects.numbered(typed).filter(posts__in=posts).first()
        if person is None:
            raise forms.ValidationError(_("This staff number was not found in your units. Please check it."))
        return person

    def clean_due_on(self) -> datetime | None:
        """The last second of the day, local time."""
        day = self.cleaned_data["due_on"]
        if day is None:
            return None
        due_at = timezone.make_aware(datetime.combine(day, time(23, 59, 59)))
        if due_at < self.at:
            raise forms.ValidationError(_("This date has passed. Please choose today or a later day."))
        return due_at

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        if bool(cleaned.get("unit")) == bool(cleaned.get("staff_no")):
            raise forms.ValidationError(_("Please choose either a unit or one person."))
        return cleaned

    def target(self) -> dict[str, Any]:
        """The arguments that say which course and for whom."""
        cleaned = self.cleaned_data
        return {"course": cleaned["course"], "unit": cleaned["unit"], "person": cleaned["staff_no"]}

    def terms(self) -> dict[str, Any]:
        """The arguments that say how."""
        cleaned = self.cleaned_data
        names = {"required": "required", "due_at": "due_on", "again": "again", "reason": "reason"}
        return {name: cleaned[field] for name, field in names.items()}


class CorrectForm(forms.Form):
    """New hours and why; or take the record back."""

    hours = forms.DecimalField(label=_("Hours"), min_value=0, max_value=999, max_digits=5, decimal_places=1)
    score = forms.DecimalField(
        label=_("Score"), required=False, min_value=0, max_value=9999, max_digits=6, decimal_places=2
    )
    void = forms.BooleanField(
        label=_("Take this record back altogether"),
        required=False,
        help_text=_("It stays visible as voided, its hours are taken off."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=255,
        help_text=_("Kept in the archive with your name."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("hours", "score", "reason"):
            self.fields[name].widget.attrs.setdefault("class", "input")
