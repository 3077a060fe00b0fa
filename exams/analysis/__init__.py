"""Item analysis: what brings marks to `exams.statistics`, and what says its figures in words."""
