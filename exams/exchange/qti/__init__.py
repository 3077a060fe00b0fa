"""QTI 1.2, 2.x and 3.0: read from files and packages, written as packages of 2.2 and 3.0."""

from exams.exchange.qti.reading import read
from exams.exchange.qti.sniffing import sniff
from exams.exchange.qti.write import write22, write30

__all__ = ["read", "sniff", "write22", "write30"]
