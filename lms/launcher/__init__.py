"""Starts, checks and saves an installation on one machine: what stands behind bin/run, bin/test, bin/backup."""
