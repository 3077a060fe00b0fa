"""Rows without files are work: claimed, printed once, held back when they cannot be printed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from certificates.actions import claim_next, hold, issue, render_pending, try_again
from certificates.actions.render import CLAIM, MAX_ATTEMPTS
from certificates.models import Certificate, CertificateTemplate
from lms.journal.models import Entry
from lms.notices.models import Notice
from lms.people.models import Person
from lms.records.models import Enrolment


@pytest.fixture(autouse=True)
def _media(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def quick_press(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("certificates.rendering.press.pdf", lambda _wording, code: b"%PDF-" + code.encode())
    monkeypatch.setattr("certificates.rendering.picture.png", lambda _pdf: b"\x89PNG")


def test_a_certificate_is_printed_once(certificate: Certificate, at: datetime) -> None:
    assert render_pending(at=at) == 1
    certificate.refresh_from_db()
    assert certificate.rendered_at == at
    with certificate.pdf.open() as pdf, certificate.png.open() as png:
        assert pdf.read(5) == b"%PDF-"
        assert png.read(8) == b"\x89PNG\r\n\x1a\n"
    assert render_pending(at=at + timedelta(hours=1)) == 0


def test_a_claimed_certificate_is_nobody_elses_until_the_claim_runs_out(
    certificate: Certificate, at: datetime
) -> None:
    assert claim_next(at=at) == certificate
    assert claim_next(at=at + CLAIM - timedelta(seconds=1)) is None
    assert claim_next(at=at + CLAIM) == certificate


def test_what_was_just_earned_does_not_wait_behind_a_backlog(
    template: CertificateTemplate,
    complete: Callable[..., Enrolment],
    make_person: Callable[..., Person],
    at: datetime,
) -> None:
    old, older, new = (
        issue(enrolment=complete(make_person(f"0013000{days}", "张三", "YL0901")), at=at - timedelta(days=days))
        for days in (2, 9, 0)
    )
    assert [claim_next(at=at) for _ in range(4)] == [new, older, old, None]


@pytest.mark.usefixtures("quick_press")
def test_files_a_dead_worker_left_are_replaced(certificate: Certificate, at: datetime, tmp_path: Path) -> None:
    half = tmp_path / "certificates" / f"{certificate.uuid}.pdf"
    half.parent.mkdir()
    half.write_bytes(b"half")
    render_pending(at=at)
    assert half.read_bytes().startswith(b"%PDF-")
    assert len(list(half.parent.iterdir())) == 2


def test_a_character_without_glyph_holds_the_certificate_and_tells_the_administrators(
    template: CertificateTemplate,
    complete: Callable[..., Enrolment],
    make_person: Callable[..., Person],
    lin_xiaowen: Person,
    luo_jianhua: Person,
    at: datetime,
) -> None:
    certificate = issue(enrolment=complete(make_person("00130001", "张𪚥", "YL0901")), at=at)
    assert certificate
    assert render_pending(at=at) == 0
    certificate.refresh_from_db()
    assert (certificate.held_reason, certificate.rendered_at) == ("glyphs U+2A6A5", None)
    notice = Notice.objects.get(kind="certificate_held")
    assert notice.person == lin_xiaowen
    assert "𪚥" in notice.context["reason"]
    render_pending(at=at + timedelta(hours=1))
    assert Notice.objects.filter(kind="certificate_held").count() == 1


@pytest.mark.usefixtures("quick_press")
def test_a_held_certificate_is_printed_after_the_cause_is_gone(
    certificate: Certificate, lin_xiaowen: Person, at: datetime
) -> None:
    hold(certificate=certificate, reason="glyphs U+2A6A5", at=at)
    assert render_pending(at=at) == 0
    assert try_again(certificate=certificate, by=lin_xiaowen, at=at)
    assert render_pending(at=at) == 1
    assert not try_again(certificate=certificate, by=lin_xiaowen, at=at)


def test_what_breaks_three_times_is_held_and_does_not_stop_the_others(
    certificate: Certificate,
    complete: Callable[..., Enrolment],
    xie_yulan: Person,
    at: datetime,
    quick_press: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = issue(enrolment=complete(xie_yulan), at=at)
    assert other

    def break_for_one(_wording: object, code: str) -> bytes:
        if code == certificate.code:
            raise MemoryError
        return b"%PDF-"

    monkeypatch.setattr("certificates.rendering.press.pdf", break_for_one)
    done = [render_pending(at=at + n * CLAIM) for n in range(MAX_ATTEMPTS + 2)]
    assert sum(done) == 1
    certificate.refresh_from_db()
    assert (certificate.held_reason, certificate.render_attempts) == ("failed", MAX_ATTEMPTS)
    assert Entry.objects.filter(kind="certificate-held").count() == 1
