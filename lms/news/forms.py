"""Forms of the editor's screens."""

from typing import Any

from django import forms

from cms.page_forms import PageForm
from lms.people.models import OrgUnit


class ArticlePageForm(PageForm):
    """Units as boxes to tick, in the order of the tree."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "units" in self.fields:
            self.fields["units"] = forms.ModelMultipleChoiceField(
                OrgUnit.objects.in_tree_order(),
                label=self.fields["units"].label,
                help_text=self.fields["units"].help_text,
                required=False,
                disabled=self.comments_only,
                widget=forms.CheckboxSelectMultiple,
            )
