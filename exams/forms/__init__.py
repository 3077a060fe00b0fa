"""What examiners fill in, by screen."""
