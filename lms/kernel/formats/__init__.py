"""How dates and times are written, by language, wherever Django's own way would not be ours."""
