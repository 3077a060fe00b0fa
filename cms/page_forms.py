"""Forms that pages load with their models: the editor of a page, and the reasons of a review."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import StreamBlock, StreamValue
from wagtail.forms import TaskStateCommentForm

from cms import ownership

COMMENTS = "comments"


class RequestForm(TaskStateCommentForm):
    """A request for changes says which."""

    comment = forms.CharField(
        label=_("What should be changed"), widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Please write what should be changed. The authors read it.")},
    )  # fmt: skip


class PageForm(WagtailAdminPageForm):
    """The editor of a page. Authors change it; a reviewer keeps it as it is and adds comments.

    Nobody subscribes to mails about comments: Wagtail would send them inside the request.
    """

    formsets: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.comments_only = bool(self.instance.pk) and not ownership.is_author(self.for_user, self.instance)
        if "title" in self.fields:
            self.fields["title"].widget.attrs["placeholder"] = self.fields["title"].label
        for name, field in self.fields.items():
            field.disabled = self.comments_only or name == "comment_notifications"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.comments_only:
            for name, field in self.fields.items():
                block = getattr(field, "block", None)
                if isinstance(block, StreamBlock) and self._rewritten(name, block):
                    self.add_error(None, _("Reviewers comment on the text; its authors change it."))
        return cleaned

    def _rewritten(self, name: str, block: StreamBlock) -> bool:
        """Whether other words were sent than there are; markup is not compared, the editor draws it anew."""
        prefix = self.add_prefix(name)
        if f"{prefix}-count" not in self.data:
            return False
        sent = block.value_from_datadict(self.data, self.files, prefix)
        return _words(block, sent) != _words(block, self.initial[name])

    def save(self, commit: bool = True) -> Any:
        formsets = self.formsets
        if self.comments_only:
            self.formsets = {name: formset for name, formset in formsets.items() if name == COMMENTS}
        try:
            return super().save(commit)
        finally:
            self.formsets = formsets


def _words(block: StreamBlock, value: StreamValue) -> str:
    return re.sub(r"\s", "", "".join(str(text) for text in block.get_searchable_content(value)))
