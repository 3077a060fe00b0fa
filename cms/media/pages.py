"""A PDF as pictures of its pages: drawn in a process of its own, which a strange file may crash, stall or bloat.

`python -m cms.media.pages FILE FOLDER` writes 1.webp, 2.webp, … and prints how many; 2: not a PDF, 3: too many pages,
4: locked with a password.
"""

import subprocess
import sys
from pathlib import Path
from typing import Final

MOST: Final = 100  # pages
WIDTH: Final = 1200  # pixels
HEIGHT: Final = 3600
PATIENCE: Final = 50  # seconds, less than a proxy waits
MEMORY: Final = 2 * 1024**3  # bytes
NOT_A_PDF, TOO_MANY, LOCKED = 2, 3, 4
ROOT: Final = Path(__file__).resolve().parents[2]


class NotDrawn(ValueError):
    """`code`: NOT_A_PDF, TOO_MANY or LOCKED."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def draw(file: Path, folder: Path) -> int:
    """How many pages were drawn. Raises NotDrawn."""
    command = [sys.executable, "-m", "cms.media.pages", str(file), str(folder)]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise NotDrawn(TOO_MANY) from None
    if done.returncode:
        raise NotDrawn(done.returncode if done.returncode in (TOO_MANY, LOCKED) else NOT_A_PDF)
    return int(done.stdout)


def _draw(file: str, folder: Path) -> int:
    """The exit code. Runs alone in its process."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        return LOCKED if "password" in str(error).lower() else NOT_A_PDF
    if not 0 < len(pdf) <= MOST:
        return TOO_MANY if len(pdf) else NOT_A_PDF
    for number, page in enumerate(pdf, 1):
        width, height = page.get_size()
        scale = min(WIDTH / max(width, 1), HEIGHT / max(height, 1))
        page.render(scale=scale).to_pil().convert("RGB").save(folder / f"{number}.webp", quality=72, method=2)
    print(len(pdf))
    return 0


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    _limit_memory()
    sys.exit(_draw(sys.argv[1], Path(sys.argv[2])))
