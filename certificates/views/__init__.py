"""Doors to certificates: the learner's, the desk's, and the public one."""
