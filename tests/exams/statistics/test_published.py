"""The figures agree with those that Moodle publishes for its own worked examples."""

import pytest

from exams.statistics import Column, Table, Why, analyse
from exams.statistics.items import item_figures
from tests.exams.statistics import published
from tests.exams.statistics.published import whole

UNIT = 10**7


def test_the_paper_of_moodles_walkthrough() -> None:
    paper = analyse(Table.of_one_paper(UNIT, [UNIT] * 7, whole(published.MOODLE_QUIZ, UNIT))).paper
    found = {name: getattr(paper, name) for name in published.MOODLE_QUIZ_PAPER}
    assert found == pytest.approx(published.MOODLE_QUIZ_PAPER, rel=1e-8)
    assert paper.undefined == {}


def test_the_items_of_moodles_walkthrough() -> None:
    items = analyse(Table.of_one_paper(UNIT, [UNIT] * 7, whole(published.MOODLE_QUIZ, UNIT))).items
    found = [
        ((item.facility or 0) / 100, item.deviation, item.effective_weight, item.discrimination, item.efficiency)
        for item in items
    ]
    for item, expected in zip(found, published.MOODLE_QUIZ_ITEMS, strict=True):
        assert item == pytest.approx(expected, rel=1e-7)
    assert [item.intended_weight for item in items] == pytest.approx([100 / 7] * 7)


def test_a_question_drawn_for_some_is_compared_with_their_totals() -> None:
    marks = [int(mark) * 10 for mark, _ in published.MOODLE_RANDOM]
    totals = [int(float(total) * 10) for _, total in published.MOODLE_RANDOM]
    column = Column(10, marks, attempts=range(12))
    table = Table(10, 70, totals, [column], places=[])
    item = item_figures(column, table, Why.NOT_IN_EVERY_PAPER)
    found = {name: getattr(item, name) for name in published.MOODLE_RANDOM_FIGURES}
    assert found == pytest.approx(published.MOODLE_RANDOM_FIGURES, rel=1e-7)
    assert item.undefined == {"effective_weight": Why.NOT_IN_EVERY_PAPER}


def test_the_generated_attempts_of_moodle() -> None:
    maxima = [int(maximum) * 10 for maximum in published.MOODLE_GENERATED_MAXIMA.split()]
    rows = [[0] * 7 + row for row in whole(published.MOODLE_GENERATED, 10)]
    assert [sum(row) for row in rows] == whole(published.MOODLE_GENERATED_TOTALS, 10)[0]
    items = analyse(Table.of_one_paper(10, maxima, rows)).items
    for item, expected in zip(items[7:], published.MOODLE_GENERATED_ITEMS, strict=True):
        found = (
            item.facility,
            1000 * (item.deviation or 0),
            item.effective_weight,
            item.discrimination,
            item.efficiency,
        )
        assert found == pytest.approx(expected, rel=1e-7)


def test_the_textbook_example_of_kuder_and_richardson() -> None:
    analysis = analyse(Table.of_one_paper(1, [1] * 10, whole(published.KR20, 1)))
    assert [item.facility for item in analysis.items] == pytest.approx(published.KR20_P)
    kr20 = 10 / 9 * (1 - sum(published.KR20_PQ) / published.KR20_VARIANCE)
    assert analysis.paper.consistency == pytest.approx(100 * kr20)


def test_items_without_spread_or_marks_are_undefined_as_in_moodle() -> None:
    maxima = [int(maximum) * 10 for maximum in published.MOODLE_GENERATED_MAXIMA.split()]
    rows = [[0] * 7 + row for row in whole(published.MOODLE_GENERATED, 10)]
    items = analyse(Table.of_one_paper(10, maxima, rows)).items
    nobody_right, worthless = items[0], items[4]
    assert (nobody_right.facility, nobody_right.deviation, nobody_right.effective_weight) == (0, 0, 0)
    assert nobody_right.undefined == {"discrimination": Why.SAME_MARKS, "efficiency": Why.SAME_MARKS}
    assert worthless.facility is None and worthless.undefined["facility"] == Why.NO_MARKS
