"""Questions between formats: readers yield `Exchanged`, writers take it. The shapes are in docs/questions.md."""
