"""What is measured inside one process: printing certificates."""

import time

from benchmarks.measure import Row
from certificates.models import Certificate
from certificates.rendering import press
from certificates.rules import Wording

NAME = "certificate PDF, warm"
TIMES = 20


def certificate() -> Row:
    """One page of PDF/UA-1, each time another person's, by a worker that has printed before."""
    found = [(Wording.from_json(one.wording), one.code) for one in Certificate.objects.all()[: TIMES + 1]]
    first, *others = found
    press.pdf(first[0], code=first[1])
    begun = time.process_time()
    for wording, code in others:
        press.pdf(wording, code=code)
    return Row(NAME, 40, 1000 * (time.process_time() - begun) / len(others))
