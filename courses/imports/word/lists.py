"""Paragraphs of lists, one inside the other, as HTML."""

from dataclasses import dataclass

from courses.imports.word.numbering import Mark


@dataclass(frozen=True)
class Item:
    mark: Mark
    html: str


def written(items: list[Item]) -> list[str]:
    """The items as lists; a list that does not begin at 1 keeps its numbers as words."""
    if not items:
        return []
    if items[0].mark.kind == "ol" and items[0].mark.number != 1:
        return [part for item in items for part in _as_words(item)]
    return [_nested(items)]


def _as_words(item: Item) -> list[str]:
    if item.mark.kind == "ul":
        return [f"<ul><li>{item.html}</li></ul>"]
    return [f"<p>{item.mark.label} {item.html}</p>"]


def _nested(items: list[Item]) -> str:
    html = ""
    open_lists: list[tuple[int, str]] = []
    for item in items:
        level, tag = item.mark.level, item.mark.kind
        while open_lists and (open_lists[-1][0] > level or (open_lists[-1][0] == level and open_lists[-1][1] != tag)):
            html += f"</li></{open_lists.pop()[1]}>"
        if open_lists and open_lists[-1][0] == level:
            html += "</li>"
        else:
            open_lists.append((level, tag))
            html += f"<{tag}>"
        html += f"<li>{item.html}"
    return html + "".join(f"</li></{tag}>" for _level, tag in reversed(open_lists))
