"""How alike questions are: pure functions over their texts, quick enough for a bank of ten thousand."""

from exams.likeness.join import Alike, Index, pairs
from exams.likeness.marks import differences
from exams.likeness.shingles import shingles

__all__ = ["Alike", "Index", "differences", "pairs", "shingles"]
