"""FT01–FT05, short: web, database and worker are killed while fifty takers answer; `bin/faults` is the long form."""

import json
import subprocess

import pytest

from tests.faults.cluster import why_not
from tests.journeys.stack import PYTHON, ROOT

pytestmark = [pytest.mark.once, pytest.mark.skipif(bool(why_not()), reason=why_not())]


def test_fifty_takers_lose_nothing_whatever_is_killed() -> None:
    short = ["--takers", "50", "--questions", "20", "--receipts", "1500", "--kills", "5", "--json"]
    done = subprocess.run(
        [PYTHON, "-m", "tests.faults", *short], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    facts = json.loads(done.stdout.splitlines()[-1])
    assert facts["faults"] == [] and facts["receipts"] >= 1500
    assert facts["killed"] == {"web": 2, "database": 3, "worker": 2}
