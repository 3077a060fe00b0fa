"""Forms of the account pages and of the people desk."""

from datetime import datetime, time
from typing import Any

from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.core import context
from django import forms
from django.contrib.auth import authenticate
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lms.people.enums import Role
from lms.people.models import OrgUnit
from lms.people.rules import LONGEST_NUMBER


class LoginForm(AllauthLoginForm):
    """Staff number and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label = _("Staff number"), _("Password")
        login.max_length = LONGEST_NUMBER
        login.widget.attrs = {
            "class": "input",
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
            "maxlength": LONGEST_NUMBER,
        }
        password.widget.attrs = {"class": "input", "autocomplete": "current-password"}


class ChangePasswordForm(AllauthChangePasswordForm):
    """A new password. Who has just logged in with a one-time password is not asked for it a second time."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Current password")
        self.fields["password1"].label = _("New password")
        self.fields["password2"].label = _("New password, again")
        self.fields["password1"].help_text = _("At least 10 characters; not your name, your number or a common word.")
        for name, field in self.fields.items():
            autocomplete = "current-password" if name == "oldpassword" else "new-password"
            field.widget.attrs = {"class": "input", "autocomplete": autocomplete}
        if self.user.must_change_password:
            del self.fields["oldpassword"]

    def clean_oldpassword(self) -> str:
        """Wrong guesses here count like wrong guesses at log-in."""
        typed: str = self.cleaned_data["oldpassword"]
        if authenticate(context.request, username=self.user.staff_no, password=typed) != self.user:
            raise forms.ValidationError(getattr(context.request, "login_refusal", gettext("The password is wrong.")))
        return typed

    def clean_password1(self) -> str:
        chosen: str = self.cleaned_data["password1"]
        if self.user.check_password(chosen):
            raise forms.ValidationError(_("The new password must differ from the present one."))
        return chosen


class PeopleFilter(forms.Form):
    """What the people list is narrowed to."""

    q = forms.CharField(label=_("Name or staff number"), required=False, max_length=50)
    unit = forms.ModelChoiceField(
        OrgUnit.objects.none(), label=_("Unit"), required=False, to_field_name="code", empty_label=_("All units")
    )

    def __init__(self, *args: Any, units: QuerySet[OrgUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget = forms.TextInput(attrs={"class": "input", "type": "search"})
        self.fields["unit"].widget.attrs["class"] = "input"
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].label_from_instance = indented  # type: ignore[attr-defined]


class RoleForm(forms.Form):
    """A role to grant."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    unit = forms.ModelChoiceField(
        OrgUnit.objects.none(),
        label=_("Over this unit and all below"),
        to_field_name="code",
        empty_label=_("Please choose"),
    )
    last_day = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, units: QuerySet[OrgUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].label_from_instance = indented  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"

    def ends_at(self) -> datetime | None:
        """The end of the last day."""
        day = self.cleaned_data["last_day"]
        return timezone.make_aware(datetime.combine(day, time.max)) if day else None


class RosterForm(forms.Form):
    """A roster file to read."""

    file = forms.FileField(label=_("Roster file"), help_text=_("An .xlsx workbook, at most 5,000 people and 10 MB."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs = {"class": "input", "accept": ".xlsx"}


def indented(unit: OrgUnit) -> str:
    """A unit in a select box, set in by its depth."""
    return "　" * unit.depth + unit.name
