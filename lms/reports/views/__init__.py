"""Doors of managers: completion, names, reminders, export."""
