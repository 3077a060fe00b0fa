"""Reads Word files (.docx) as sections: `package` opens, `reader` goes through the body; what stays out is named."""

from courses.imports.word.package import CONTENT_TYPES
from courses.imports.word.reader import read

__all__ = ["CONTENT_TYPES", "read"]
