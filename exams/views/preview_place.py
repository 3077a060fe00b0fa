"""Where in a preview somebody is: which filter, which page."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from exams.models import ImportRow


@dataclass(frozen=True)
class Place:
    """A filter and a page. Values that mean nothing are the whole list and its first page."""

    kind: str = ""
    doubt: str = ""
    page: str = "1"

    @classmethod
    def of(cls, sent: QueryDict) -> "Place":
        kind, doubt, page = sent.get("kind", ""), sent.get("doubt", ""), sent.get("page", "1")
        kind = kind if kind in ImportRow.Kind else ""
        doubt = doubt if kind == ImportRow.Kind.SUSPICIOUS and doubt in ImportRow.Doubt else ""
        return cls(kind, doubt, page if page.isascii() and page.isdecimal() and len(page) < 6 else "1")

    @classmethod
    def next(cls, sent: QueryDict) -> "Place":
        """Where the pressed button leads: its own place (`to`), else where the form was."""
        return cls.of(QueryDict(sent.get("to")) if "to" in sent else sent)

    @property
    def is_all(self) -> bool:
        return not self.kind

    @property
    def filter(self) -> str:
        return urlencode({name: value for name, value in (("kind", self.kind), ("doubt", self.doubt)) if value})

    @property
    def query(self) -> str:
        return "&".join(part for part in (self.filter, f"page={self.page}") if part)
