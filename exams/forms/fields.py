"""Fields as every form of examiners draws them."""

from typing import Any

from django import forms

SELECT = forms.Select(attrs={"class": "input"})


def text_input(**attrs: Any) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "input", **attrs})


def number_input(**attrs: Any) -> forms.NumberInput:
    return forms.NumberInput(attrs={"class": "input", **attrs})
