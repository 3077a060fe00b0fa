"""A page has three aims, and is measured again before it is called slow."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.lighthouse.lighthouse import Lighthouse, Report, Unseen

Says = Callable[..., Lighthouse]


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> Says:
    """A Lighthouse that says one thing after another."""

    def make(*answers: dict[str, Any]) -> Lighthouse:
        left = iter(answers)
        monkeypatch.setattr(Lighthouse, "_ask", lambda judge, address: next(left))
        return Lighthouse(process=None)  # type: ignore[arg-type]  # nothing is asked of it

    return make


def scored(*scores: int) -> dict[str, Any]:
    return {"scores": scores, "faults": [["slow script"], ["no label"], ["error in the console"]]}


def test_a_quick_page_is_measured_once(says: Says) -> None:
    assert says(scored(95, 100, 100)).report("/").passed


def test_of_a_slow_page_the_best_run_counts(says: Says) -> None:
    report = says(scored(80, 100, 100), scored(94, 100, 100), scored(90, 100, 100)).report("/")
    assert report.scores == (94, 100, 100)
    assert not report.passed


def test_a_run_that_breaks_is_repeated(says: Says) -> None:
    assert says({"error": "NO_FCP"}, scored(100, 100, 100)).report("/").passed


def test_a_page_that_never_shows_is_an_error(says: Says) -> None:
    with pytest.raises(Unseen, match="NO_FCP"):
        says(*[{"error": "NO_FCP"}] * 3).report("/")


def test_complaints_name_only_what_misses_its_aim() -> None:
    report = Report((97, 99, 100), (("slow script",), ("no label",), ()))
    assert report.complaints() == ["no label"]
    assert not report.passed
