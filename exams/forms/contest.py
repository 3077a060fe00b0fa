"""The form of a contest's teams."""

import re
from collections import Counter
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from exams.actions.contest import ContestPlan
from exams.forms.fields import SELECT, number_input
from exams.forms.sessions import numbers_in
from exams.models import Contest
from exams.queries import desk
from lms.people.models import Person

Line = tuple[str, list[str]]
_COLON = re.compile(r"[:：]")
LONGEST_NAME = 60


def lines_of(text: str) -> list[Line]:
    """Teams from text, a line each: a name, a colon, staff numbers. ValidationError for what is no such line."""
    found: list[Line] = []
    for line in filter(None, map(str.strip, text.replace("\0", "").splitlines())):
        name, *rest = _COLON.split(line, maxsplit=1)
        numbers = numbers_in(rest[0]) if rest else []
        if not name.strip() or not numbers:
            raise ValidationError(
                _("“%(line)s”: please write a name, a colon and staff numbers.") % {"line": line[:60]}
            )
        if len(name.strip()) > LONGEST_NAME:
            raise ValidationError(_("“%(line)s”: the name is too long.") % {"line": line[:60]})
        found.append((name.strip(), numbers))
    return found


class ContestForm(forms.Form):
    """Whoever is named has to be somebody the examiner covers."""

    teams_by = forms.ChoiceField(label=_("Teams"), choices=Contest.Teams.choices, widget=SELECT)
    counted = forms.IntegerField(
        label=_("Best members that count"), help_text=_("A team's result is the sum of theirs."), min_value=1,
        max_value=100, initial=3, widget=number_input(),
    )  # fmt: skip
    teams = forms.CharField(
        label=_("Named teams"), help_text=_("One team a line: name, colon, staff numbers"), max_length=60_000,
        required=False, widget=forms.Textarea({"class": "input", "rows": 8}),
    )  # fmt: skip

    def __init__(self, *args: Any, examiner: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = Person.objects.filter(posts__in=desk.people_in_scope(examiner))

    def clean_teams(self) -> list[tuple[str, list[Person]]]:
        lines = lines_of(self.cleaned_data["teams"])
        numbers = [number for _name, numbers in lines for number in numbers]
        twice = [each for each, n in (Counter(numbers) + Counter(name for name, _n in lines)).items() if n > 1]
        if twice:
            raise ValidationError(_("Named twice: %(what)s.") % {"what": "、".join(twice[:9])})
        found = {person.staff_no: person for person in self.people.filter(staff_no__in=numbers)}
        missing = [number for number in numbers if number not in found]
        if missing:
            raise ValidationError(_("Nobody has the staff number %(numbers)s.") % {"numbers": "、".join(missing[:9])})
        return [(name, [found[number] for number in members]) for name, members in lines]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("teams_by") == Contest.Teams.NAMED and "teams" in facts and not facts["teams"]:
            self.add_error("teams", _("Please name the teams."))
        return facts

    def plan(self) -> ContestPlan:
        return ContestPlan(**self.cleaned_data)
