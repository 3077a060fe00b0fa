"""Numbered questions as people type them into Word or Notepad: `1. 题干`, `A.`, `答案：`, `解析：`."""

from exams.exchange.text.reading import read, sniff

__all__ = ["read", "sniff"]
