"""Roll-ups of completion: folded from the journal, read with what is not folded yet, checked against the facts."""
