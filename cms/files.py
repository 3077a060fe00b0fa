"""Files sent by ourselves, with ranges: iOS and WeChat want 206 where Django's FileResponse answers 200."""

import re
from collections.abc import Iterator
from typing import IO

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

CHUNK = 64 * 1024
RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def send(
    request: HttpRequest, file: IO[bytes], size: int, content_type: str, at_once: int | None = None
) -> HttpResponseBase:
    """The whole file or the one range asked for; of a range no more than the first `at_once` bytes, where it is given.

    The caller has checked that the person may have it.
    """
    span = _span(request.headers.get("Range", ""), size)
    if span is None:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    first, last = span
    if at_once and "Range" in request.headers:
        last = min(last, first + at_once - 1)
    response = StreamingHttpResponse(_Slice(file, first, last), content_type=content_type)
    response.headers["Content-Length"] = str(last - first + 1)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["X-Content-Type-Options"] = "nosniff"
    if "Range" in request.headers:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


def _span(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte; None when the range lies outside the file."""
    match = RANGE.fullmatch(header.strip())
    if not match or match[1] == match[2] == "":
        return (0, size - 1) if not header else None
    if match[1] == "":
        return max(0, size - int(match[2])), size - 1
    first, last = int(match[1]), min(int(match[2] or size), size - 1)
    return (first, last) if first <= last else None


class _Slice:
    """Bytes first to last of a file, closed by the server also when nobody reads them (HEAD)."""

    def __init__(self, file: IO[bytes], first: int, last: int) -> None:
        self.file, self.first, self.left = file, first, last - first + 1

    def __iter__(self) -> Iterator[bytes]:
        self.file.seek(self.first)
        while self.left > 0 and (chunk := self.file.read(min(CHUNK, self.left))):
            self.left -= len(chunk)
            yield chunk

    def close(self) -> None:
        self.file.close()
