"""Reads QR codes as a phone does: from what is on the page, knowing nothing of how it was drawn."""

import zxingcpp
from PIL.Image import Image


def read(image: Image) -> list[str]:
    """What each QR code in the picture says."""
    return [
        code.text
        for code in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))
    ]
