"""Small media of every kind: a test pattern of six seconds (H.264, AAC, index at the end), silence, captions."""

from pathlib import Path

PATTERN = Path(__file__).with_name("pattern.mp4")
CAPTIONS = "WEBVTT\n\n00:00.500 --> 00:04.000\n先断电，再救人。\n".encode()


def film() -> bytes:
    return PATTERN.read_bytes()


def silence(seconds: int = 3, tag: bytes = b"") -> bytes:
    """MPEG 1 Layer III, 128 kbit/s at 44.1 kHz: every frame is the same and says nothing."""
    return tag + (b"\xff\xfb\x90\x00" + bytes(413)) * (seconds * 44100 // 1152 + 1)


def pdf(pages: int = 2) -> bytes:
    """Blank pages."""
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 3 + pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d/MediaBox[0 0 200 280]>>" % (kids, pages),
        *[b"<</Type/Page/Parent 2 0 R>>"] * pages,
    ]
    body, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%sendobj\n" % (number, text)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return (
        body + head + table + b"trailer<</Size %d/Root 1 0 R>>startxref\n%d\n%%%%EOF" % (len(objects) + 1, len(body))
    )
