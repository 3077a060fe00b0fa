"""Renders the drawn diagrams (SVG, the sources) to the PNG files that lessons show.

Run by hand after a drawing changed: ``python lms/demo/content/draw.py``. Needs Chromium; the PNG files are
committed, so nobody else needs it. Width 1200 px, a palette of 64 colours: at most 80 KB each.
"""

import io
import lzma
import tempfile
from base64 import b64encode
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

CONTENT = Path(__file__).resolve().parent
FONTS = CONTENT.parents[2] / "vendor" / "fonts"
CHROMIUM = "/usr/bin/chromium-headless-shell"
WIDTH = 1200
MOST_BYTES = 80_000


def font_faces(folder: Path) -> str:
    """CSS for both weights; unpacks the vendored fonts into ``folder``."""
    faces = []
    for weight in (400, 700):
        font = folder / f"{weight}.ttf"
        font.write_bytes(lzma.decompress((FONTS / f"NotoSansSC-{weight}.ttf.xz").read_bytes()))
        data = b64encode(font.read_bytes()).decode()
        faces.append(
            f"@font-face{{font-family:'Noto Sans SC';font-weight:{weight};src:url(data:font/ttf;base64,{data})}}"
        )
    return "".join(faces)


def drawn(page: Page, svg: Path) -> bytes:
    """The drawing as a PNG with few colours."""
    page.evaluate("svg => { document.body.innerHTML = svg }", svg.read_text("utf-8"))
    page.evaluate("document.fonts.ready")
    picture = Image.open(io.BytesIO(page.locator("svg").first.screenshot())).convert("RGB")
    few = picture.quantize(colors=64, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    out = io.BytesIO()
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


def draw_all() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        page = browser.new_page(viewport={"width": WIDTH, "height": 1400})
        style = f"{font_faces(Path(folder))} body{{margin:0}} svg{{display:block;width:{WIDTH}px;height:auto}}"
        page.set_content(f"<style>{style}</style><p style='font-family:Noto Sans SC'>字<b>字</b></p>")
        for svg in sorted(CONTENT.glob("*/images/*.svg")):
            picture = drawn(page, svg)
            if len(picture) > MOST_BYTES:
                raise SystemExit(f"{svg.name}: {len(picture)} bytes, more than {MOST_BYTES}")
            svg.with_suffix(".png").write_bytes(picture)
            print(f"{svg.stem}.png {len(picture)} bytes")
        browser.close()


if __name__ == "__main__":
    draw_all()
