"""What was answered, by the ids of the options: the one place where the types are asked."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from exams import types
from exams.analysis.collect import Option
from exams.markup import bare
from exams.models import QuestionVersion

LONGEST = 200  # characters of an answer that are kept


@dataclass
class Answers:
    """Reads answers to these versions, by id."""

    versions: Mapping[int, QuestionVersion]
    _offered: dict[int, dict[str, Option]] = field(default_factory=dict)
    _known: dict[tuple[int, str, str | None], Option] = field(default_factory=dict)

    def read(self, version: int, order: str, answer: str | None) -> list[Option]:
        """What one answer says in each part of the question; nothing chosen is one option with the id None."""
        asked, offered = self.versions[version], self.offered(version)
        payload = None if answer is None else json.loads(answer)
        found = types.get(asked.type).responses(asked.content, asked.key, json.loads(order), payload)
        if offered:
            return [offered[each.option] for each in found if each.option is not None] or [NOTHING]
        options = (_option(each, asked) for each in found)
        return list(dict.fromkeys(self._known.setdefault((version, each.part, each.option), each) for each in options))

    def offered(self, version: int) -> dict[str, Option]:
        """The options to choose from, by id, in their own order; empty where people write, order or point."""
        if version not in self._offered:
            self._offered[version] = self._options(self.versions[version])
        return self._offered[version]

    def _options(self, asked: QuestionVersion) -> dict[str, Option]:
        kind = types.get(asked.type)
        if "options" not in kind.public_schema:
            return {}
        lines = kind.reviewed(asked.content, asked.key, kind.shuffled(asked.content, None), None)
        return {
            str(own): Option("", str(own), bare(line.text, asked.markup)[:LONGEST], 100 * line.right)
            for own, line in enumerate(lines)
        }

    def guess(self, version: int) -> float | None:
        """The random guess score in per cent; None where nobody can say."""
        asked = self.versions[version]
        share = types.get(asked.type).guess_score(asked.content, asked.key)
        return None if share is None else float(100 * share)


NOTHING = Option("", None, "", 0)


def _option(found: types.Response, asked: QuestionVersion) -> Option:
    if found.option is None:
        return Option(found.part, None, "", 0)
    words = bare(found.text, asked.markup)[:LONGEST]
    return Option(
        found.part, found.option[:LONGEST], words or found.option[:LONGEST], round(float(100 * found.credit))
    )
