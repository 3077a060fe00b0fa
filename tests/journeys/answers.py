"""What the right answers of the demo's questions are, by the words on the screen: read from the demo's own texts."""

from functools import cache

from playwright.sync_api import Locator

from lms.demo.sources import load


@cache
def right_answers(folder: str) -> dict[str, set[str]]:
    """Stem → texts of the right options."""
    return {question["stem"].strip(): _texts(question) for question in load(f"{folder}/questions.yaml")["questions"]}


def _texts(question: dict[str, object]) -> set[str]:
    answer, options = question["answer"], question.get("options")
    if isinstance(answer, bool):
        return {"正确" if answer else "错误"}
    assert isinstance(options, list)
    return {str(options[ord(letter) - ord("A")]) for letter in str(answer)}


def choose(question: Locator, right: set[str]) -> None:
    """Tick exactly the right options of one question on the sheet."""
    for option in question.locator(".option").all():
        if option.locator("label").inner_text().strip() in right:
            option.locator("label").click()


def choose_wrong(question: Locator, right: set[str]) -> None:
    """Tick one option that is not right, or, when all are, only one of them."""
    options = question.locator(".option").all()
    wrong = [option for option in options if option.locator("label").inner_text().strip() not in right]
    (wrong or options)[0].locator("label").click()
