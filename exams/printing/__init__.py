"""Fixed papers on real paper: as PDF and as Word, with and without the key."""

from exams.printing.entries import Sheet, sheet
from exams.printing.pdf import pdf
from exams.printing.word import word

__all__ = ["Sheet", "pdf", "sheet", "word"]
