"""GIFT, the text format of Moodle: questions between empty lines, answers in braces."""

from exams.exchange.gift.reading import read, sniff
from exams.exchange.gift.writing import write

__all__ = ["read", "sniff", "write"]
