"""The QR code of a certificate, read from the paper and from the phone."""

from io import BytesIO

import pypdfium2
import pytest
from PIL import Image

from certificates.models import Certificate
from certificates.rendering import picture, press
from certificates.rules import Wording
from tests import qr

PAPER = 200 / 72  # a modest scan: 200 dots an inch


@pytest.fixture
def verify(certificate: Certificate) -> str:
    return press.verify_url(certificate.code)


@pytest.fixture
def pdf(certificate: Certificate) -> bytes:
    return press.pdf(Wording.from_json(certificate.wording), code=certificate.code)


def test_the_code_on_the_paper_says_where_it_is_verified(pdf: bytes, verify: str) -> None:
    document = pypdfium2.PdfDocument(pdf)
    page = document[0].render(scale=PAPER).to_pil()
    document.close()
    assert qr.read(page) == [verify]


def test_the_code_in_the_picture_says_where_it_is_verified(pdf: bytes, verify: str) -> None:
    assert qr.read(Image.open(BytesIO(picture.png(pdf)))) == [verify]


@pytest.mark.parametrize("width", [1080, 720])
def test_the_code_is_still_read_when_a_messenger_shrank_the_picture(pdf: bytes, verify: str, width: int) -> None:
    sent = BytesIO()
    image = Image.open(BytesIO(picture.png(pdf))).convert("RGB")
    image.resize((width, image.height * width // image.width)).save(sent, format="JPEG", quality=70)
    assert qr.read(Image.open(sent)) == [verify]
