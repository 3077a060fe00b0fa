"""Takes all pictures of this folder anew: `.venv/bin/python docs/pictures.py`, from a fresh demo company of its own.

With an address (`docs/pictures.py http://127.0.0.1:8000`) it asks a demo that already runs. Every picture is a PNG
with a palette, at most 60 kB.
"""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, sync_playwright

DOCS = Path(__file__).resolve().parent
IMAGES = DOCS / "images"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell")
PASSWORD = "Lidian-2026"
LEARNER, TRAINER, EXAMINER = "00120039", "00120031", "00120017"
TRAINING, MANAGER, SYSTEM = "00120011", "00120097", "admin"
CERTIFIED = MANAGER  # has passed an exam
LIMIT = 60_000  # bytes a picture may have
START_LIMIT = 600  # seconds for bin/run to build the demo
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROSTER = (
    ("员工编号", "姓名", "单位编码", "部门/班组编码", "岗位编码", "用工性质"),
    ("00120201", "许文静", "YL", "YL0901", "substation_operator", "全民职工"),
    ("00120098", "程国梁", "YL", "YL0902", "area_manager", "全民职工"),
    ("00120202", "高志伟", "YL", "YL99", "area_manager", "全民职工"),
)
QUESTIONS = (
    ("题型", "题干", "选项A", "选项B", "选项C", "正确答案"),
    ("单选题", "10 千伏设备不停电时的安全距离是多少", "0.35 米", "0.70 米", "1.00 米", "B"),
    ("判断题", "验电前应在有电设备上试验验电器", "", "", "", "正确"),
    ("单选题", "在电气设备上工作，保证安全的技术措施有哪些", "停电", "验电", "接地", "D"),
)
SCREENS = {"phone": (390, 844, 1.5), "desk": (1120, 700, 1.0)}

Step = Callable[[Page], object]


@dataclass(frozen=True)
class Picture:
    """What is on it: whose screen, on which device, the address, and what is tapped before."""

    name: str
    who: str
    device: str
    path: str
    then: Step = lambda page: None


def link(part: str, inside: str = "main") -> Step:
    """Follow the first link whose address contains `part`."""

    def follow(page: Page) -> None:
        page.goto(page.locator(f'{inside} a[href*="{part}"]').first.get_attribute("href", timeout=5000) or "")

    return follow


def scroll(text: str) -> Step:
    return lambda page: page.get_by_text(text, exact=True).first.evaluate("e => e.scrollIntoView({block: 'start'})")


def finished_certificate(page: Page) -> None:
    """The worker prints certificates one after the other; this one may not be done yet."""
    link("/certificates/")(page)
    for _ in range(60):
        if not page.get_by_text("证书正在生成").count():
            return
        page.wait_for_timeout(1000)
        page.reload()


def start_exam(page: Page) -> None:
    link("/exams/")(page)
    page.locator("main form button").first.click()
    page.wait_for_load_state("networkidle")


def choose_course(page: Page) -> None:
    page.locator("main select").first.select_option(index=8)
    page.locator("main select").nth(1).select_option(index=22)
    page.locator("main form button[type=submit], main form button").last.click()
    page.wait_for_load_state("networkidle")


def preview_questions(page: Page) -> None:
    """Two questions and a mistake, as a new bank."""
    choose(page, QUESTIONS, "试题.xlsx")
    page.locator("main input[type=text]").first.fill("配电安规补充题库")
    page.locator("main form button").first.click()


def preview_roster(page: Page) -> None:
    """Somebody new, somebody who moves, and a mistake."""
    choose(page, ROSTER, "花名册.xlsx")
    page.locator("main form button").first.click()


def choose(page: Page, rows: Sequence[Sequence[str]], name: str) -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    file: FilePayload = {"name": name, "mimeType": XLSX, "buffer": target.getvalue()}
    page.locator("main input[type=file]").set_input_files(file)


PICTURES = (
    Picture("login-phone", "", "phone", "/accounts/login/"),
    Picture("home-phone", LEARNER, "phone", "/"),
    Picture("courses-phone", LEARNER, "phone", "/courses/"),
    Picture("lesson-phone", LEARNER, "phone", "/", link("/learn/")),
    Picture("exam-notice-phone", LEARNER, "phone", "/exams/", link("/exams/")),
    Picture("news-phone", LEARNER, "phone", "/news/", lambda page: page.locator("main a.row").first.click()),
    Picture("me-phone", LEARNER, "phone", "/me/"),
    Picture("certificate-phone", CERTIFIED, "phone", "/certificates/", finished_certificate),
    Picture("exam-phone", LEARNER, "phone", "/exams/", start_exam),
    Picture("completion-phone", MANAGER, "phone", "/desk/completion/"),
    Picture("overdue-phone", MANAGER, "phone", "/desk/completion/", scroll("逾期名单")),
    Picture("people-phone", MANAGER, "phone", "/desk/completion/people/"),
    Picture("authoring-desk", TRAINER, "desk", "/cms/"),
    Picture(
        "course-edit-desk", TRAINER, "desk", "/cms/", lambda page: page.get_by_text("触电急救（理论）").first.click()
    ),
    Picture("exams-desk", EXAMINER, "desk", "/desk/exams/", link("/desk/exams/", "table")),
    Picture("exam-new-desk", EXAMINER, "desk", "/desk/exams/new/"),
    Picture("question-import-desk", EXAMINER, "desk", "/desk/questions/import/", preview_questions),
    Picture("assign-desk", TRAINING, "desk", "/desk/assignments/new/", choose_course),
    Picture("roster-desk", TRAINING, "desk", "/desk/people/roster/", preview_roster),
    Picture("person-desk", SYSTEM, "desk", "/desk/people/", link("/desk/people/")),
)


def small(png: bytes) -> bytes:
    """The picture with as many colours as fit under the limit."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for colours in (128, 64, 32, 16, 8):
        target = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(target, "PNG", optimize=True)
        if target.tell() <= LIMIT:
            break
    return target.getvalue()


def log_in(page: Page, who: str) -> None:
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(who)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/")


def take(browser: Browser, address: str, device: str, who: str) -> None:
    """All pictures of one person on one device, in one session."""
    width, height, scale = SCREENS[device]
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        locale="zh-CN",
        has_touch=device == "phone",
        is_mobile=device == "phone",
    )
    page = context.new_page()
    if who:
        log_in(page, who)
    for picture in (one for one in PICTURES if (one.who, one.device) == (who, device)):
        page.goto(picture.path)
        picture.then(page)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(300)
        (IMAGES / f"{picture.name}.png").write_bytes(small(page.screenshot()))
        print(picture.name, (IMAGES / f"{picture.name}.png").stat().st_size)
    context.close()


def take_all(address: str) -> None:
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for device, who in dict.fromkeys((one.device, one.who) for one in PICTURES):
            take(browser, address.rstrip("/"), device, who)
        browser.close()


@contextmanager
def fresh_demo() -> Iterator[str]:
    """The address of a demo company that lives as long as the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as data:
        env = {**os.environ, "LIDIAN_DATA": data, "LIDIAN_DEMO": "1", "PORT": port}
        running = subprocess.Popen([DOCS.parent / "bin" / "run"], env=env)
        try:
            wait_for(address, running)
            yield address
        finally:
            running.terminate()
            running.wait()


def wait_for(address: str, running: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline and running.poll() is None:
        with suppress(OSError):
            urllib.request.urlopen(f"{address}/healthz", timeout=5).read()
            return
        time.sleep(1)
    sys.exit("The demo did not start")


def main(address: str = "") -> None:
    if address:
        take_all(address)
        return
    with fresh_demo() as address:
        take_all(address)


if __name__ == "__main__":
    main(*sys.argv[1:])
