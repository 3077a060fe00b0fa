"""Django writes 03月5日."""

MONTH_DAY_FORMAT = "n月j日"
