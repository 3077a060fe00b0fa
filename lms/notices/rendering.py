"""A notice in words: `templates/notices/<kind>.{title,body,path}.txt`, in the reader's language."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.utils import translation
from django.utils.dateparse import parse_datetime

from lms.notices.models import Notice
from lms.people.login import is_local_path


@dataclass(frozen=True)
class Shown:
    """Title and body on one screen; `path` leads to what the notice is about, "" when nowhere."""

    title: str
    body: str
    path: str
    html: str

    @property
    def link(self) -> str:
        """The path as an address for a mail: always on the configured site, whatever host somebody asked for."""
        return f"{settings.SITE_URL}{self.path}" if self.path else ""

    @property
    def subject(self) -> str:
        return f"【{settings.WAGTAIL_SITE_NAME}】{self.title}"

    @property
    def mail_body(self) -> str:
        return "\n\n".join(part for part in (self.body, self.link) if part) + "\n"


def render(notice: Notice, language: str | None = None) -> Shown:
    """Render in `language`, else in the language of the page that asks."""
    with translation.override(language or translation.get_language()):
        context = {"notice": notice, "person": notice.person, "site_url": settings.SITE_URL, **_plain(notice.context)}
        path = _part(notice.kind, "path.txt", context)
        return Shown(
            title=" ".join(_part(notice.kind, "title.txt", context).split()),
            body=_part(notice.kind, "body.txt", context),
            path=path if is_local_path(path) else "",
            html=_part(notice.kind, "body.html", context),
        )


def mail_html(notice: Notice, shown: Shown) -> str:
    """The HTML of an e-mail: of the notice's kind where it has one, else title, body and a button."""
    if shown.html:
        return shown.html
    with translation.override(notice.person.language):
        context = {"shown": shown, "person": notice.person, "site": settings.WAGTAIL_SITE_NAME}
        return render_to_string("notices/mail.html", context)


def _plain(context: dict[str, Any]) -> dict[str, Any]:
    """Stored times become times again."""
    return {
        name: parse_datetime(value) if name.endswith("_at") and isinstance(value, str) else value
        for name, value in context.items()
    }


def _part(kind: str, part: str, context: dict[str, Any]) -> str:
    """One part, "" when the kind has none; only HTML escapes here, text is escaped where it is shown."""
    template = _template(f"notices/{kind}.{part}")
    if template is None:
        if part == "title.txt":
            raise TemplateDoesNotExist(f"notices/{kind}.{part}")
        return ""
    bound = Context(context, autoescape=part.endswith("html"))
    return str(template.render(bound)).strip()


@cache
def _template(name: str) -> Any:
    """The template or None, looked for once in a process: most kinds have no HTML, and a page asks three times."""
    try:
        return get_template(name).template  # type: ignore[attr-defined]
    except TemplateDoesNotExist:
        return None
