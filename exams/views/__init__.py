"""Doors of exams: for takers, for their sheets, and for examiners."""
