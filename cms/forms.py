"""Upload forms without tags: a tag cloud would tell each trainer what the others call their images."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from cms import submitted


class PictureField(WagtailImageField):
    """An image that can really be opened; Wagtail looks at the first bytes only and stumbles over the rest."""

    def check_image_pixel_size(self, f: Any) -> None:
        try:
            super().check_image_pixel_size(f)
        except ValidationError:
            raise
        except Exception as error:  # the readers of the formats raise whatever they like
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error


class Kept:
    """A file that reviewers read is not replaced meanwhile, and says so. Its title may change."""

    instance: Any
    fields: dict[str, Any]
    cleaned_data: dict[str, Any]
    changed_data: list[str]

    @cached_property
    def submitted(self) -> bool:
        return bool(self.instance.pk) and submitted.is_submitted(self.instance)

    def explain(self) -> None:
        if self.submitted and "file" in self.fields:
            self.fields["file"].help_text = submitted.KEPT

    def clean_file(self) -> Any:
        if "file" in self.changed_data and self.submitted:
            raise ValidationError(submitted.KEPT)
        return self.cleaned_data["file"]


class ImageForm(Kept, BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("tags", None)
        file = self.fields.get("file")
        if file is not None:
            self.fields["file"] = PictureField(
                label=file.label, required=file.required, help_text=file.help_text, widget=file.widget
            )
        self.explain()


class DocumentForm(Kept, BaseDocumentForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("tags", None)
        self.explain()
