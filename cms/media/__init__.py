"""Films, recordings and documents of lessons: looked into when they come, kept as they are, never changed."""
