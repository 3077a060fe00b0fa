"""One whole run: fill, start, measure every case, print."""

import argparse
import os
from collections.abc import Callable

from django.db import connection

from benchmarks import analysis, crowd, desk, draw, papers, population, printing, sitting, storm, storm_page, study
from benchmarks.cases import Case, Writer
from benchmarks.clients import Unexpected
from benchmarks.document import MILLION, STORMS, document, million, with_section, with_table
from benchmarks.installation import ROOT, Installation
from benchmarks.measure import Bench, Row
from benchmarks.table import table
from lms.kernel import clock

Say = Callable[[str], None]
PAGE = ROOT / "docs" / "benchmarks.md"


def report(installation: Installation, options: argparse.Namespace, say: Say) -> str:
    """Measure what `options.only` names (else everything); the table, or the statements with `options.sql`."""
    people = fill(say)
    bench = Bench(installation, people, options.seconds)
    if options.million:
        return _million(bench, people, options, say)
    if options.storms:
        return _storms(bench, options, say)
    cases = [case for case in every_case(people) if options.only in case.name]
    if options.sql:
        return "\n\n".join(statements_of(bench, case) for case in cases)
    installation.start()
    since = bench.spent()
    rows = []
    for case in cases:
        say(f"measuring: {case.name}")
        rows.append(bench.row(case))
    if crowd.PEOPLE and options.only in crowd.NAME and connection.vendor == "postgresql":
        say(f"adding {crowd.PEOPLE:,} people with {crowd.COURSES} courses each …")
        crowd.gather(people.managers, at=clock.now())
        rows.append(bench.row(desk.crowd_page(people)))
    rows += _without_web(options, say)
    busy = bench.spent().others(since)
    text = table(rows)
    if options.write_docs:
        own = document(text, installation, options.seconds, busy)
        PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8"), own), encoding="utf-8")
    return f"{text}\n\nMeanwhile other programs kept {busy:.1f} of {os.cpu_count()} cores busy."


def _without_web(options: argparse.Namespace, say: Say) -> list[Row]:
    """What is measured inside this process."""
    rows = []
    if options.only in printing.NAME:
        rows.append(printing.certificate())
    if any(options.only in name for name in (draw.FIRST, draw.NEXT)):
        say(f"adding a bank of {draw.HELD:,} questions …")
        rows += draw.draws(at=clock.now())
    if options.only in analysis.NAME:
        rows.append(analysis.analysis(at=clock.now(), say=say))
    return rows


def _million(bench: Bench, people: population.Population, options: argparse.Namespace, say: Say) -> str:
    """The table of the manager's views; with `write_docs` it takes the place of the one in its section."""
    say(f"adding {crowd.PEOPLE:,} people with {crowd.COURSES} courses each …")
    crowd.gather(people.managers, at=clock.now())
    bench.installation.start()
    since = bench.spent()
    rows = []
    for case in (case for case in desk.crowd_views(people) if options.only in case.name):
        say(f"measuring: {case.name}")
        rows.append(bench.row(case))
    text, busy = table(rows), bench.spent().others(since)
    if options.write_docs:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(with_section(page, MILLION, million(text, options.seconds, busy)), encoding="utf-8")
    return f"{text}\n\nMeanwhile other programs kept {busy:.1f} of {os.cpu_count()} cores busy."


def _storms(bench: Bench, options: argparse.Namespace, say: Say) -> str:
    """Its tables; with `write_docs` they take the place of those in their section."""
    bench.installation.start()
    since = bench.spent()
    found = storm.run(bench, say)
    text = storm_page.section(found, bench.installation, bench.spent().others(since))
    if options.write_docs:
        PAGE.write_text(with_section(PAGE.read_text(encoding="utf-8"), STORMS, text), encoding="utf-8")
    return text


def every_case(people: population.Population) -> list[Case]:
    return [*study.cases(people), *sitting.cases(people), *desk.cases(people)]


def fill(say: Say) -> population.Population:
    say(f"adding {population.PEOPLE:,} people …")
    at = clock.now()
    course, exam = papers.create_course(at=at)
    people = population.populate(course, exam.uuid, at=at)
    population.count_figures(at=at)
    population.analyse()
    return people


def statements_of(bench: Bench, case: Case) -> str:
    """What both views of a case send; a view that fails says so."""
    sides = [("real", case.real), ("bare", case.bare)]
    return "\n".join(line for title, writer in sides if writer for line in _sent(bench, case, title, writer))


def _sent(bench: Bench, case: Case, title: str, writer: Writer) -> list[str]:
    try:
        return [f"=== {case.name}: {title}", *bench.sql(case, writer)]
    except Unexpected as error:
        return [f"=== {case.name}: {title} failed", str(error)]
