"""Characters that mean something in GIFT stand behind a backslash; while a text is taken apart they are others."""

from typing import Final

_ESCAPED: Final = {
    "\\": "\ufdd0",
    "~": "\ufdd1",
    "=": "\ufdd2",
    "#": "\ufdd3",
    "{": "\ufdd4",
    "}": "\ufdd5",
    ":": "\ufdd6",
}
_NEWLINE: Final = "\ufdd7"
_BACK: Final = str.maketrans({held: char for char, held in _ESCAPED.items()} | {_NEWLINE: "\n"})
_FORTH: Final = str.maketrans({char: f"\\{char}" for char in _ESCAPED} | {"\n": "\\n"})


def hold(text: str) -> str:
    """Put a stand-in for every escaped character."""
    for char, held in _ESCAPED.items():
        text = text.replace(f"\\{char}", held)
    return text.replace("\\n", _NEWLINE)


def release(text: str) -> str:
    """The text as meant, without blanks around it."""
    return text.strip().translate(_BACK).strip()


def release_inside(text: str) -> str:
    """The same with the blanks around it."""
    return text.translate(_BACK)


def escape(text: str) -> str:
    return text.translate(_FORTH)
