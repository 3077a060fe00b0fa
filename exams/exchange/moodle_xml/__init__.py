"""Moodle XML: the questions of a Moodle with categories, tags, feedback and the files they show."""

from exams.exchange.moodle_xml.reading import read, sniff
from exams.exchange.moodle_xml.writing import write

__all__ = ["read", "sniff", "write"]
