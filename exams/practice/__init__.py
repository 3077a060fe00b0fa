"""练习: what decides which question comes, and when one is known. Pure: no database, no clock, no request."""
