"""Sections as lessons: the one rule for every format.

The highest heading that stands alone is the course, the next level one lesson each, anything deeper a heading inside
the lesson. In a statute 编 becomes the module, 章 the lesson, 节 a heading inside it; 模块 and 第…部分 over other
headings are modules too.
"""

import re
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.translation import gettext as _

from courses.imports.draft import Block, CourseDraft, LessonDraft, Note, Unreadable, words_of
from courses.imports.parts import Part, assembled

LONGEST = 255  # characters of a title
NUMBER = r"[零〇一二三四五六七八九十百千两\d]+"
PART = re.compile(rf"^第{NUMBER}(?:编|分编)")
CHAPTER = re.compile(rf"^第{NUMBER}章|^附\s*则")
MODULE = re.compile(rf"^模块|^第{NUMBER}(?:部分|篇|单元|模块)")


@dataclass
class Section:
    """One heading (level 0: none yet) and the parts under it, up to the next heading."""

    level: int
    title: str
    place: str = ""
    parts: list[Part] = field(default_factory=list)


def course_of(sections: list[Section], file_name: str, notes: list[Note]) -> CourseDraft:
    """Raises Unreadable when there are no lessons in it. `notes` goes on being filled."""
    return _Outline(sections, file_name, notes).course()


class _Outline:
    def __init__(self, sections: list[Section], file_name: str, notes: list[Note]) -> None:
        self.sections, self.notes = sections, notes
        for section in sections:
            self._shorten(section)
        levels = sorted({section.level for section in sections if section.level})
        titles = [section for section in sections if levels and section.level == levels[0]]
        has_title = len(titles) == 1 and len(levels) > 1
        stem = re.sub(r"\.[A-Za-z]+$", "", file_name.replace("\\", "/").rsplit("/", 1)[-1])
        self.title = titles[0].title if has_title and titles[0].title else stem[:LONGEST]
        self.title_level = levels[0] if has_title else 0
        self.lesson_level = self._lesson_level([level for level in levels if level > self.title_level])

    def _shorten(self, section: Section) -> None:
        if len(section.title) > LONGEST:
            self.notes.append(Note(_("A heading longer than 255 characters was shortened."), section.place))
            section.title = section.title[:LONGEST]

    def _lesson_level(self, below: list[int]) -> int:
        """章 when the file has 编, what stands under the modules, else the first level under the title."""
        chapters = [section.level for section in self.sections if CHAPTER.match(section.title)]
        if chapters and any(PART.match(section.title) for section in self.sections):
            return min(chapters)
        first = [section for section in self.sections if below and section.level == below[0]]
        modules = len(below) > 1 and any(MODULE.match(section.title) for section in first)
        return below[1] if modules else below[0] if below else 1

    def course(self) -> CourseDraft:
        lessons: list[LessonDraft] = []
        preface: list[Section] = []
        module = ""
        for section in self.sections:
            if section.level == self.title_level or not lessons and section.level == 0:
                preface.append(section)
            elif section.level < self.lesson_level:
                module = section.title
                if section.parts:
                    lessons.append(LessonDraft(section.title, module, self._blocks(section)))
            elif section.level == self.lesson_level:
                lessons.append(LessonDraft(section.title, module, self._blocks(section)))
            else:
                self._continue(lessons, section, module)
        if not lessons:
            raise Unreadable(_("The file has a title but no lessons. Please begin each lesson with a heading."))
        summary = self._summary(preface)
        return CourseDraft(self.title, summary, self._named(self._without_empty(lessons)), self.notes)

    def _continue(self, lessons: list[LessonDraft], section: Section, module: str) -> None:
        if not lessons:
            lessons.append(LessonDraft(section.title, module))
        tag = "h3" if section.level == self.lesson_level + 1 else "h4"
        lessons[-1].blocks += self._blocks(section, f"<{tag}>{escape(section.title)}</{tag}>")

    def _without_empty(self, lessons: list[LessonDraft]) -> list[LessonDraft]:
        empty = [lesson.title for lesson in lessons if not lesson.blocks]
        if empty:
            said = _("Headings without text were left out: %(titles)s") % {"titles": "、".join(empty)}
            self.notes.append(Note(said))
        kept = [lesson for lesson in lessons if lesson.blocks]
        if not kept:
            raise Unreadable(_("The file has headings but no text under them."))
        return kept

    def _named(self, lessons: list[LessonDraft]) -> list[LessonDraft]:
        """A heading of a picture alone has no words; a lesson needs some."""
        for number, lesson in enumerate(lessons, start=1):
            if not lesson.title:
                lesson.title = _("Lesson %(n)d") % {"n": number}
                self.notes.append(Note(_("A heading without words became “%(title)s”.") % {"title": lesson.title}))
        return lessons

    def _summary(self, preface: list[Section]) -> str:
        lines: list[str] = []
        for section in preface:
            for part in section.parts:
                lines += self._introduction(part, section)
        return "\n".join(line for line in lines if line)

    def _introduction(self, part: Part, section: Section) -> list[str]:
        """What stands before the first lesson goes into the summary, which holds text only."""
        if isinstance(part, str):
            return [words_of(line) for line in re.split(r"</p>|</li>|<br\s*/?>", part)]
        if part["type"] == "table":
            return ["　".join(row) for row in part["value"]["data"]]
        said = _("A picture before the first lesson was left out: %(name)s") % {"name": part["file"]}
        self.notes.append(Note(said, section.place))
        return []

    def _blocks(self, section: Section, heading: str = "") -> list[Block]:
        return assembled([heading, *section.parts] if heading else section.parts, section.title, self.notes)
