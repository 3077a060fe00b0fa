"""The desk of assignments and training records."""
