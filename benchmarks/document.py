"""docs/benchmarks.md around a table."""

import os

from benchmarks.installation import WORKERS, Installation

PAGE = """\
# Benchmarks

Written by `bin/benchmark --write-docs`. Figures move with the machine: compare them within one table only, best as
*bare ÷ real*, and never with a table of another day. What must hold on every machine, the number of statements, is
tested in `tests/`; this command measures and always ends with 0.

One run of {seconds:g} seconds for each view on a machine with {cores} cores that also ran the clients and the
database: {database}, granian with {workers} workers, eight clients with keep-alive connections, each as another
person. Meanwhile other programs kept {busy:.1f} cores busy: the nearer to 0, the better the figures.

{table}

- *CPU ms*: user and system time of the web server and of the database's processes for this database, for each
  request. *aim* is what the design asks for on the machine it was measured on; how fast this one is beside it,
  the bare saving of an answer tells: 2.2 ms there.
- *statements*: of one warm request, with session and person, without BEGIN and COMMIT.
- *bare*: a Django view under `/bare/…` that sends the same statements, written by hand, behind session, CSRF and
  authentication middleware only: no rules, no forms, a template of a few lines. *bare ÷ real* is the share of the cost
  that the statements themselves, HTTP and the session make up; 100 % would mean that we add nothing.
- *study page*, *course page*, *home*: a learner in the middle of a course, with four open tasks and, at home, three
  unread notices.
- *complete a lesson*: the beat that ends a lesson, others of the course still open. *complete the last lesson*: the
  one that ends the course, with training record, hours and announcement in the same transaction; no aim is set for it.
- *submit of 100 questions*: graded and released at once, the lesson recorded; other lessons of the course are open.
- *whole exam*: notice, start, paper, 50 answers each saved singly, hand in, result; one figure for all 55 requests.
- *completion page*: a manager of all these people, from roll-ups. Ten statements: session, person, clock,
  permissions, unread notices, and five of its own: units, figures, and of the most overdue where, which and who; one
  more where an address names the unit, and one where its units are too many to be named. The larger company has four
  levels of units.
- *export*: a unit of 1,000 people with four courses, as .xlsx.
- *certificate PDF*: in a process that has printed before.
- *analysis*: the worker's own CPU time from the order to the stored figures; *p50* is the clock, database included.

The machinery is `benchmarks/`; `bin/benchmark --sql` prints the statements of both sides.
"""


def document(table: str, installation: Installation, seconds: float, busy: float) -> str:
    facts = {"cores": os.cpu_count(), "database": installation.kind, "workers": WORKERS}
    return PAGE.format(**facts, seconds=seconds, busy=busy, table=table)


ANY = "\n## "
MILLION = "\n## A million people\n"
STORMS = "\n## Storms\n"
SECTION = """{heading}
Written by `bin/benchmark --million --write-docs`, which makes 1,000,000 people with five courses each in 10,111 units
on four levels, with a million attempts and 940,000 certificates, on PostgreSQL: a quarter of an hour, 6 GB of disk.
One run of {seconds:g} seconds for each view. Meanwhile other programs kept {busy:.1f} of {cores} cores busy.

K is the corporation, K-3 a tenth of it, K-3-4 a hundredth (10,000 people), K-3-4-5 a group of 100. *completion*,
*trend* and *PDF* read roll-ups; the others read the rows of their first page.

{table}
"""


def million(table: str, seconds: float, busy: float) -> str:
    return SECTION.format(heading=MILLION, cores=os.cpu_count(), seconds=seconds, busy=busy, table=table)


def with_table(page: str, own: str) -> str:
    """The page with another first part; its sections stay."""
    _first, heading, sections = page.partition(ANY)
    return own + heading + sections


def with_section(page: str, heading: str, section: str) -> str:
    """The page with this section, which begins with its heading, in the place of the one it had, or at the end."""
    before, there, after = page.partition(heading)
    rest = after.partition(ANY) if there else ("", "", "")
    return before.rstrip("\n") + "\n" + section.rstrip("\n") + "\n" + rest[1] + rest[2]
