"""How fast this machine is beside the one the aims were set on: one and the same view, measured on both.

The design's aims are milliseconds of CPU time of that machine. A view that loads its session and reads one row cost
`THERE` on it; what it costs here says by how much every aim stretches here.
"""

from benchmarks.cases import BARE, Case, page
from benchmarks.measure import Row

THERE = 1.66  # CPU ms of application and database: "session + 1 SELECT" among the design's bare views
CASE = Case("yardstick: session and one SELECT", None, None, page("/yardstick/", BARE))


def stretch(row: Row) -> float:
    """Aims of the design × this = aims here; 1 when the yardstick could not be measured."""
    return row.ms / THERE if row.ms else 1.0
