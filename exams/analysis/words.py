"""Figures of item analysis in words: what each is called, what it means, why one is missing."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exams.statistics import Why

Words = str | Promise

FIGURES: Final[dict[str, Words]] = {
    "attempts": _("Attempts"),
    "maximum": _("Maximum mark"),
    "mean": _("Mean"),
    "median": _("Median"),
    "facility": _("Facility index"),
    "deviation": _("Standard deviation"),
    "deviation_percent": _("Standard deviation"),
    "guess": _("Random guess score"),
    "intended_weight": _("Intended weight"),
    "effective_weight": _("Effective weight"),
    "discrimination": _("Discrimination index"),
    "efficiency": _("Discriminative efficiency"),
    "skewness": _("Skewness"),
    "kurtosis": _("Kurtosis"),
    "consistency": _("Coefficient of internal consistency"),
    "error_ratio": _("Error ratio"),
    "standard_error": _("Standard error"),
}
MEANING: Final[dict[str, Words]] = {
    "facility": _("Average mark ÷ maximum mark: 100 % means that everybody had all points."),
    "deviation": _("How far marks lie from their mean."),
    "deviation_percent": _("How far marks lie from their mean, in per cent of the maximum mark."),
    "guess": _("What somebody who only guesses has on average."),
    "intended_weight": _("The share of the paper's points."),
    "effective_weight": _("The share that the question really has in the spread of the totals."),
    "discrimination": _(
        "Correlation of the marks in this question with those in the rest of the paper, for drawn questions with the "
        "totals. Above 30 % good, below 20 % weak, negative: who is better otherwise is worse here."
    ),
    "efficiency": _("The discrimination reached, as a share of what is possible with a question of this facility."),
    "skewness": _("Negative: a long tail of low totals; positive: a long tail of high ones."),
    "kurtosis": _("Above 0: more totals far from the mean than in a normal distribution."),
    "consistency": _(
        "Cronbach's alpha: from 75 % on the questions measure the same thing; below 64 % they hardly do."
    ),
    "error_ratio": _("The part of the standard deviation that is due to chance; 50 % or less is good."),
    "standard_error": _("How far a total lies from the person's true level by chance, in points."),
}
WHY: Final[dict[Why, Words]] = {
    Why.FEW_ATTEMPTS: _("too few attempts"),
    Why.NO_MARKS: _("worth no points"),
    Why.SAME_MARKS: _("everybody has the same mark in the question"),
    Why.SAME_REST: _("everybody has the same marks in all other questions"),
    Why.SAME_TOTALS: _("everybody has the same total"),
    Why.NEGATIVE_COVARIANCE: _("the marks in the question fall as the totals rise"),
    Why.NOT_IN_EVERY_PAPER: _("the question was drawn and is not in every paper"),
    Why.ONE_ITEM: _("the paper has only one question"),
    Why.PAPERS_DIFFER: _("the papers are not made alike"),
    Why.NO_COVARIANCE: _("no question's marks rise with the totals"),
    Why.NO_GUESS: _("this cannot be said for this type of question"),
}
