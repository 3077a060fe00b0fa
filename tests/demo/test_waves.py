"""The training year of the demo, whatever day it is built on."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from lms.demo.sources import load
from lms.demo.waves import RUNNING, Wave, span, waves

MONTHS = 14
DAYS = [date(2026, 1, 1) + timedelta(days=days) for days in range(0, 800, 7)]


def below(code: str) -> set[str]:
    """The unit and everything under it."""
    units = load("company.yaml")["units"]
    found = {code}
    for unit in units:  # parents come first
        if unit["parent"] in found:
            found.add(unit["code"])
    return found


def reached(wave: Wave) -> Iterator[str]:
    for code in wave.units:
        yield from below(code)


def test_every_wave_fits_into_the_time() -> None:
    for today in DAYS:
        found = waves(today, MONTHS)
        assert found == sorted(found, key=lambda wave: (wave.assigned, wave.course))
        for wave in found:
            assert today - timedelta(days=span(MONTHS)) <= wave.assigned <= today - RUNNING
            assert wave.assigned < wave.due and wave.reason
            assert all(wave.assigned < day <= wave.due for day in wave.sittings)


def test_the_course_of_the_visitor_runs_and_is_his_first() -> None:
    """李振东 of YL0901 has S4 open, and no certificate of it yet."""
    for today in DAYS:
        his = [wave for wave in waves(today, MONTHS) if wave.course == "S4" and "YL0901" in reached(wave)]
        assert len(his) == 1 and his[0].latest and his[0].due > today


def test_a_year_has_every_course_and_every_quarter() -> None:
    for today in DAYS:
        courses = Counter(wave.course for wave in waves(today, MONTHS))
        assert {"P1", "P2", "P3", "P4", "S1", "S2", "S4", "S5", "V1", "V2", "V3"} == set(courses)
        assert courses["P3"] >= 4 and courses["P1"] == courses["V3"] == 2


def test_nobody_is_assigned_a_course_twice_by_one_wave() -> None:
    for today in DAYS:
        for wave in waves(today, MONTHS):
            units = list(reached(wave))
            assert len(set(units)) == len(units)


def test_waves_name_units_and_posts_that_there_are() -> None:
    company = load("company.yaml")
    units, positions = ({one[key] for one in company[kind]} for kind, key in (("units", "code"), ("positions", "key")))
    for wave in waves(date(2026, 11, 20), MONTHS):
        assert set(wave.units) <= units and set(wave.positions) <= positions


def test_three_months_show_the_latest_waves_alone() -> None:
    assert all(wave.latest for wave in waves(date(2026, 11, 20), 3))
    assert [wave.course for wave in waves(date(2026, 11, 20), 3)] == ["P1", "V3", "S4", "S4"]
