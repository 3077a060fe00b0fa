"""Tables of rows inside a form: the server adds rows, so that it works without scripts."""

from typing import Any, ClassVar, Final

from django import forms

MORE: Final = 4  # empty rows at the end


class Row(forms.Form):
    """One row; it is empty while none of its `says` fields is filled in, whatever its menus show."""

    says: ClassVar[tuple[str, ...]]

    def has_changed(self) -> bool:
        return any(self[name].data for name in self.says)


def table_of(row: type[Row], data: Any, prefix: str, initial: list[dict[str, Any]], most: int) -> Any:
    """A form set over rows, each of which can be taken out."""
    made = forms.formset_factory(row, extra=MORE, max_num=most, absolute_max=most, can_delete=True)
    return made(data, initial=initial, prefix=prefix)


def with_more(data: Any, prefix: str) -> Any:
    """What was sent, with room for more rows."""
    sent, name = data.copy(), f"{prefix}-TOTAL_FORMS"
    total = sent.get(name, "")
    sent[name] = str((int(total) if total.isascii() and total.isdecimal() and len(total) < 4 else 0) + MORE)
    return sent


def kept(rows: Any) -> list[Any]:
    """The forms of rows that say something and are not taken out, in order."""
    return [form for form in rows.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
