"""Figures add up over the tree; pure arithmetic."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from lms.reports.figures import Bar, Board, Cell, CourseOption, Figures, Unit, choose, tops, worst_first

A, B = CourseOption(UUID(int=1), "安规"), CourseOption(UUID(int=2), "服务")
COMPANY = Unit(1, "YL", "公司", "YL/", None)
DEPARTMENT = Unit(2, "YL09", "运检部", "YL/YL09/", 1)
TEAM = Unit(3, "YL0901", "变电班", "YL/YL09/YL0901/", 2)
STATION = Unit(4, "YL1301", "城关", "YL/YL1301/", 1)
UNITS = [COMPANY, DEPARTMENT, TEAM, STATION]
counts = st.integers(min_value=0, max_value=10**6)


def figures(assigned: int, completed: int, overdue: int = 0) -> Figures:
    return Figures(assigned, completed, overdue)


@given(counts, counts)
def test_only_all_is_a_hundred_percent(assigned: int, completed: int) -> None:
    assigned, completed = max(assigned, completed), min(assigned, completed)
    percent = Figures(assigned=assigned, completed=completed).percent
    assert 0 <= percent <= 100
    assert (percent == 100) == (assigned == completed != 0)


def test_on_time_is_unknown_until_something_was_due() -> None:
    assert Figures(assigned=5).on_time_percent is None
    assert Figures(assigned=5, due=3, on_time=2).on_time_percent == 66


def test_a_unit_counts_everything_under_it_once() -> None:
    cells = [Cell(2, A, figures(2, 1)), Cell(3, A, figures(4, 4)), Cell(4, A, figures(3, 0, 3))]
    board = Board(UNITS, cells, COMPANY, None)
    assert board.total == figures(9, 5, 3)
    assert [(bar.label, bar.figures.assigned, bar.opens) for bar in board.by_unit] == [
        ("城关", 3, "people"),
        ("运检部", 6, "unit"),
    ]


def test_those_directly_in_a_unit_have_their_own_line() -> None:
    cells = [Cell(2, A, figures(2, 1)), Cell(3, A, figures(4, 4))]
    bars = Board(UNITS, cells, DEPARTMENT, None).by_unit
    assert [(bar.label, bar.direct, bar.figures.assigned) for bar in bars] == [
        ("运检部", True, 2),
        ("变电班", False, 4),
    ]


def test_a_course_is_chosen_without_losing_the_others_from_the_list() -> None:
    cells = [Cell(4, A, figures(3, 1)), Cell(4, B, figures(5, 5))]
    board = Board(UNITS, cells, COMPANY, B.uuid)
    assert board.total == figures(5, 5)
    assert board.courses == [A, B]


def test_a_unit_with_nothing_assigned_is_counted_not_drawn() -> None:
    board = Board(UNITS, [Cell(4, A, figures(1, 0))], COMPANY, None)
    assert [bar.label for bar in board.by_unit] == ["城关"]
    assert board.idle == 1


def test_figures_outside_the_scope_or_the_unit_are_ignored() -> None:
    board = Board([STATION], [Cell(4, A, figures(1, 0)), Cell(3, A, figures(9, 9))], STATION, None)
    assert board.total == figures(1, 0)


def test_a_scope_of_two_stations_has_two_tops() -> None:
    other = Unit(5, "YL1302", "河东", "YL/YL1302/", 1)
    assert tops([STATION, other]) == [STATION, other]
    assert choose([STATION, other], "") is None
    assert choose([STATION], "") == STATION


def test_the_lowest_completion_comes_first() -> None:
    bars = [
        Bar(name, name, figures(10, done, late), "people")
        for name, done, late in (("甲", 5, 0), ("乙", 5, 2), ("丙", 1, 0))
    ]
    assert [bar.label for bar in worst_first(bars)] == ["丙", "乙", "甲"]
