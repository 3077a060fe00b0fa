"""Bare views: the statements of the real ones, by hand, and nothing else. No rules, no models, hardly a template.

They are what a request cannot cost less than, not what a request should be. `bin/benchmark --sql` prints what both
sides send; who changes the statements of a view changes them here.
"""
