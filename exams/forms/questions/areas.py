"""热点题 and 找错题: areas of a picture, as numbers in per cent of its width and height."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exams import media, types
from exams.exchange.question import Media
from exams.forms.questions.facts import LINE, SELECT, FactsForm, facts_of, line
from exams.forms.questions.tables import Row, kept, table_of
from exams.models import Question, QuestionVersion
from exams.types import Refused, areas

_NUMBER: Final = re.compile(r"\d{1,3}(?:\.\d{1,6})?")
SHAPES: Final = [
    ("rect", gettext_lazy("Rectangle")), ("circle", gettext_lazy("Circle")), ("polygon", gettext_lazy("Polygon")),
]  # fmt: skip


def numbers_of(area: Mapping[str, Any]) -> str:
    """The numbers of an area as people write them, in per cent."""
    if area["shape"] == "rect":
        parts = area["box"]
    elif area["shape"] == "circle":
        parts = [*area["at"], area["radius"]]
    else:
        parts = [each for point in area["points"] for each in point]
    return " ".join(f"{(Decimal(str(part)) * 100).normalize() + 0:f}" for part in parts)


def area_of(shape: str, numbers: str, text: str, *, worded: bool) -> dict[str, Any]:
    """The area these numbers mean. Raises Refused."""
    parts = [float(Decimal(found) / 100) for found in _NUMBER.findall(numbers)]
    wanted = {"rect": 4, "circle": 3}.get(shape)
    if wanted and len(parts) != wanted:
        raise Refused("numbers", _("%(n)s numbers are needed, in per cent") % {"n": wanted})
    if shape == "rect":
        made: dict[str, Any] = {"box": parts}
    elif shape == "circle":
        made = {"at": parts[:2], "radius": parts[2]}
    elif len(parts) % 2:
        raise Refused("numbers", _("a corner needs two numbers, in per cent"))
    else:
        made = {"points": [list(pair) for pair in zip(parts[::2], parts[1::2], strict=True)]}
    return areas.checked({"shape": shape, "text": text, **made}, worded=worded)


class AreaRow(Row):
    """One area. `worded`: it has to say what is wrong there."""

    says: ClassVar = ("numbers", "text")

    worded: ClassVar[bool] = False

    shape = forms.ChoiceField(
        label=gettext_lazy("Shape"), choices=SHAPES, initial="rect", widget=forms.Select(attrs=SELECT)
    )
    numbers = forms.CharField(
        label=gettext_lazy("Places in per cent"), max_length=2000,
        widget=forms.TextInput({**LINE, "inputmode": "decimal", "data-numbers": ""}),
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("What is there"), max_length=500, strip=True, required=False, widget=line()
    )

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if not self.errors:
            try:
                self.area = area_of(facts["shape"], facts["numbers"], facts["text"], worded=self.worded)
            except Refused as refusal:
                field = "text" if self.worded and not facts["text"] else "numbers"
                self.add_error(field, refusal.reason)
        return facts


class WordedRow(AreaRow):
    worded: ClassVar = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True
        self.fields["text"].label = _("What is wrong there")


class AreasForm(FactsForm):
    """Needs `picture` in `initial` or in what was sent: the name of a picture that the bank has."""

    own: ClassVar = ("stem", "alt", "most")
    rows_template: ClassVar = "exams/desk/form/areas.html"
    kind: ClassVar[str] = "hotspot"
    row: ClassVar[type[AreaRow]] = AreaRow

    alt = forms.CharField(
        label=gettext_lazy("The picture in words"), max_length=500, required=False, widget=line(),
        help_text=gettext_lazy("for people who cannot see it"),
    )  # fmt: skip
    most = forms.IntegerField(
        label=gettext_lazy("Marks at most"), min_value=1, max_value=60, required=False,
        help_text=gettext_lazy("as many as there are areas when it is left empty"),
        widget=forms.NumberInput(attrs=LINE),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, picture: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        assert self.bank is not None
        self.picture = self.bank.media.get(sha256=picture, mime__in=media.PICTURES)
        self.rows = table_of(self.row, data, "areas", self.initial.get("areas", []), most=30)

    @classmethod
    def filled(cls, question: Question, version: QuestionVersion) -> dict[str, Any] | None:
        facts, content = facts_of(question, version), version.content
        if facts is None:
            return None
        found = [
            {"shape": area["shape"], "numbers": numbers_of(area), "text": area.get("text", "")}
            for area in version.key["areas"]
        ]
        own = {"alt": content["alt"], "most": content["most"], "areas": found}
        return facts | own | {"picture": content["image"].removeprefix("media:")}

    def made(self, facts: Mapping[str, Any]) -> tuple[str, str, Any, Any]:
        found = [form.area for form in kept(self.rows)]
        width, height = media.size(self._medium())
        content = {"image": f"media:{self.picture.sha256}", "width": width, "height": height, "alt": facts["alt"]}
        content["most"] = facts["most"] or max(1, len(found))
        return self.kind, facts["stem"], *types.get(self.kind).checked(content, {"areas": found})

    def pictures(self) -> Mapping[str, Media]:
        return {self.picture.sha256: self._medium()}

    def _medium(self) -> Media:
        return Media(self.picture.sha256, self.picture.mime, media.data(self.picture.sha256))


class FaultsForm(AreasForm):
    kind: ClassVar = "find_fault"
    row: ClassVar = WordedRow
