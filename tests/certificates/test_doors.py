"""Who sees which certificate: its owner, the desk within its scope, and anyone who holds its code."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from certificates.actions import hold, issue, revoke
from certificates.models import Certificate
from lms.journal.models import Entry
from lms.people.enums import Role
from lms.people.models import OrgUnit, Person, PostAssignment
from lms.records.actions import correct_record
from lms.records.models import Enrolment, TrainingRecord

Browser = Callable[[Person], Client]
FILES = ["certificates:pdf", "certificates:png", "certificates:qr"]


@pytest.fixture(autouse=True)
def _nobody_has_guessed_yet() -> None:
    cache.clear()


@pytest.fixture
def printed(certificate: Certificate, tmp_path: Path, settings: Any, at: datetime) -> Certificate:
    """With files, though not real ones."""
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "certificates").mkdir()
    for kind, content in (("pdf", b"%PDF-1.7"), ("png", b"\x89PNG")):
        name = f"certificates/{certificate.uuid}.{kind}"
        (tmp_path / name).write_bytes(content)
        setattr(certificate, kind, name)
    certificate.rendered_at = at
    certificate.save()
    return certificate


def verify(code: str, **headers: str) -> Any:
    return Client().get(reverse("certificates:verify", args=[code]), **headers)  # type: ignore[arg-type]


def text_of(response: Any) -> str:
    return response.content.decode()


def words_of(response: Any) -> str:
    """What a reader sees: no markup, so that no nonce or address can hold a number by chance."""
    return re.sub(r"<[^>]*>", " ", text_of(response))


# The learner


def test_my_certificates_are_listed_and_shown(printed: Certificate, li_zhendong: Person, client_of: Browser) -> None:
    browser = client_of(li_zhendong)
    assert "触电急救（理论）" in text_of(browser.get(reverse("certificates:mine")))
    page = text_of(browser.get(reverse("certificates:show", args=[printed.uuid])))
    assert printed.serial in page
    assert reverse("certificates:png", args=[printed.uuid]) in page
    assert printed.code in page


def test_without_certificates_the_page_says_how_to_get_one(xie_yulan: Person, client_of: Browser) -> None:
    assert reverse("portal:catalogue") in text_of(client_of(xie_yulan).get(reverse("certificates:mine")))


def test_a_certificate_being_made_shows_itself_by_itself(
    certificate: Certificate, li_zhendong: Person, client_of: Browser
) -> None:
    page = text_of(client_of(li_zhendong).get(reverse("certificates:show", args=[certificate.uuid])))
    assert 'http-equiv="refresh"' in page
    assert reverse("certificates:pdf", args=[certificate.uuid]) not in page


@pytest.mark.parametrize("view", ["certificates:show", *FILES])
def test_nobody_opens_the_certificate_of_a_colleague(
    view: str, printed: Certificate, xie_yulan: Person, luo_jianhua: Person, admin: Person, client_of: Browser
) -> None:
    for person in (xie_yulan, luo_jianhua, admin):
        assert client_of(person).get(reverse(view, args=[printed.uuid])).status_code == 404


@pytest.mark.parametrize("view", ["certificates:show", *FILES, "certificates:desk_show"])
def test_the_anonymous_are_asked_to_log_in(view: str, printed: Certificate) -> None:
    response = Client().get(reverse(view, args=[printed.uuid]))
    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]


def test_the_files_come_with_their_number_as_name(
    printed: Certificate, li_zhendong: Person, client_of: Browser
) -> None:
    browser = client_of(li_zhendong)
    pdf = browser.get(reverse("certificates:pdf", args=[printed.uuid]))
    assert pdf.getvalue() == b"%PDF-1.7"
    assert pdf["Content-Disposition"] == f'attachment; filename="{printed.serial}.pdf"'
    png = browser.get(reverse("certificates:png", args=[printed.uuid]))
    assert png.getvalue() == b"\x89PNG"
    assert png["Content-Type"] == "image/png"
    assert "no-store" in png["Cache-Control"]
    assert browser.get(reverse("certificates:qr", args=[printed.uuid])).content.startswith(b"<svg")


def test_a_certificate_without_files_has_none_to_give(
    certificate: Certificate, li_zhendong: Person, client_of: Browser
) -> None:
    for view in FILES[:2]:
        assert client_of(li_zhendong).get(reverse(view, args=[certificate.uuid])).status_code == 404


# The public


def test_whoever_holds_the_code_sees_a_masked_name_and_the_state(certificate: Certificate) -> None:
    response = verify(certificate.code)
    page = words_of(response)
    assert response.status_code == 200
    assert "李*东" in page
    assert "证书有效" in page
    assert "触电急救（理论）" in page
    for secret in ("李振东", "00120039", "变电运维班", "92", certificate.serial):
        assert secret not in page


def test_verifying_opens_no_session_and_is_never_stored(
    certificate: Certificate, statements: Callable[..., Any]
) -> None:
    with statements(at_most=2) as sent:
        response = verify(certificate.code)
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert not [one for one in sent.captured_queries if "session" in one["sql"]]


def test_a_revocation_shows_at_once(certificate: Certificate, lin_xiaowen: Person, at: datetime) -> None:
    verify(certificate.code)
    revoke(certificate=certificate, reason="冒名顶替", by=lin_xiaowen, at=at)
    page = text_of(verify(certificate.code))
    assert "证书已吊销" in page
    assert "冒名顶替" not in page


def test_an_expired_certificate_says_so(certificate: Certificate) -> None:
    Certificate.objects.update(valid_until=date(2026, 1, 1))
    page = text_of(verify(certificate.code))
    assert "证书已过期" in page
    assert "2026年1月1日" in page


def test_a_corrected_record_is_mentioned(certificate: Certificate, lin_xiaowen: Person, at: datetime) -> None:
    record = TrainingRecord.objects.get()
    assert "更正" not in text_of(verify(certificate.code))
    correct_record(record=record, hours=Decimal(2), score=None, void=False, reason="补记", by=lin_xiaowen, at=at)
    assert "更正" in text_of(verify(certificate.code))


@pytest.mark.parametrize(
    "code", ["x", "a" * 41, "../etc/passwd".replace("/", "%2F"), "%00", "编号", "' OR 1=1 --", "A" * 27]
)
def test_an_unknown_code_is_not_found_in_plain_words(code: str, certificate: Certificate) -> None:
    response = Client().get(f"/verify/{code}")
    assert response.status_code == 404
    assert "未查询到" in text_of(response)


def test_guessing_is_slowed_down_and_a_real_code_of_another_address_is_not(
    certificate: Certificate, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("certificates.views.verify.clock.now", lambda: at)  # all within one minute
    answers = [verify(f"guess{n}").status_code for n in range(40)]
    assert answers[0] == 404
    assert answers[-1] == 429
    assert verify(certificate.code, REMOTE_ADDR="10.0.0.9").status_code == 200


def test_a_broken_cache_does_not_stop_verification(certificate: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_options: object) -> int:
        raise ConnectionError

    monkeypatch.setattr("certificates.views.verify.cache.add", broken)
    assert verify(certificate.code).status_code == 200
    assert verify("guess").status_code == 404


# The desk


def test_the_desk_finds_by_name_number_and_serial(
    printed: Certificate, lin_xiaowen: Person, client_of: Browser
) -> None:
    browser = client_of(lin_xiaowen)
    for text in ("李振东", "振东", "00120039", printed.serial):
        assert printed.serial in text_of(browser.get(reverse("certificates:desk"), {"q": text}))
    for text in ("王凯", "0012003", "%", "_"):
        assert printed.serial not in text_of(browser.get(reverse("certificates:desk"), {"q": text}))


@pytest.mark.parametrize(
    ("state", "found"),
    [("", True), ("valid", True), ("expired", False), ("revoked", False), ("held", False), ("x", True)],
)
def test_the_desk_filters_by_state(
    state: str, found: bool, printed: Certificate, lin_xiaowen: Person, client_of: Browser
) -> None:
    page = text_of(client_of(lin_xiaowen).get(reverse("certificates:desk"), {"state": state, "page": "nonsense"}))
    assert (printed.serial in page) is found


def test_the_desk_tells_what_is_on_hold(
    certificate: Certificate, lin_xiaowen: Person, client_of: Browser, at: datetime
) -> None:
    hold(certificate=certificate, reason="glyphs U+2A6A5", at=at)
    browser = client_of(lin_xiaowen)
    assert "?state=held" in text_of(browser.get(reverse("certificates:desk")))
    assert "𪚥 (U+2A6A5)" in text_of(browser.get(reverse("certificates:desk_show", args=[certificate.uuid])))
    browser.post(reverse("certificates:again", args=[certificate.uuid]))
    certificate.refresh_from_db()
    assert certificate.held_reason == ""


def test_the_desk_is_for_those_who_may_see_certificates(
    luo_jianhua: Person, li_zhendong: Person, admin: Person, auditor: Person, client_of: Browser
) -> None:
    for person in (luo_jianhua, li_zhendong, admin):
        assert client_of(person).get(reverse("certificates:desk")).status_code == 404
    assert client_of(auditor).get(reverse("certificates:desk")).status_code == 200


def test_the_number_of_statements_does_not_grow_with_the_list(
    printed: Certificate,
    lin_xiaowen: Person,
    client_of: Browser,
    complete: Callable[..., Enrolment],
    make_person: Callable[..., Person],
    statements: Callable[..., Any],
    at: datetime,
) -> None:
    for n in range(10):
        issue(enrolment=complete(make_person(f"0015000{n}", f"周{n}", "YL0901")), at=at)
    browser = client_of(lin_xiaowen)
    browser.get(reverse("certificates:desk"))
    with statements(at_most=10):
        browser.get(reverse("certificates:desk"))


def test_a_training_administrator_of_another_unit_sees_nothing(
    printed: Certificate, make_person: Callable[..., Person], client_of: Browser
) -> None:
    other = client_of(make_person("00130088", "河东培训员", "YL1302", Role.TRAINING_ADMIN))
    assert printed.serial not in text_of(other.get(reverse("certificates:desk")))
    for view in ("certificates:desk_show", *FILES):
        assert other.get(reverse(view, args=[printed.uuid])).status_code == 404
    assert other.post(reverse("certificates:revoke", args=[printed.uuid]), {"reason": "x"}).status_code == 404


def test_after_a_move_the_old_unit_sees_nothing_on_the_next_request(
    printed: Certificate,
    li_zhendong: Person,
    make_person: Callable[..., Person],
    unit: Callable[[str], OrgUnit],
    client_of: Browser,
) -> None:
    team = client_of(make_person("00130087", "班组培训员", "YL0901", Role.TRAINING_ADMIN))
    assert team.get(reverse("certificates:desk_show", args=[printed.uuid])).status_code == 200
    PostAssignment.objects.filter(person=li_zhendong).update(unit=unit("YL1302"))
    assert team.get(reverse("certificates:desk_show", args=[printed.uuid])).status_code == 404
    assert printed.serial not in text_of(team.get(reverse("certificates:desk")))


def test_revoking_needs_a_reason_and_is_written_down(
    printed: Certificate, lin_xiaowen: Person, client_of: Browser
) -> None:
    browser, address = client_of(lin_xiaowen), reverse("certificates:revoke", args=[printed.uuid])
    assert browser.post(address, {"reason": "  "}).status_code == 422
    assert browser.post(address, {"reason": "x" * 256}).status_code == 422
    assert browser.get(address).status_code == 405
    browser.post(address, {"reason": "成绩作废"})
    browser.post(address, {"reason": "另一个理由"})
    printed.refresh_from_db()
    assert (printed.revoked_by, printed.revoke_reason) == (lin_xiaowen, "成绩作废")
    entry = Entry.objects.get(kind="certificate-revoked")
    assert (entry.by_person, entry.about_person) == (lin_xiaowen.pk, printed.person_id)
    assert entry.payload == {"certificate": printed.pk}


def test_the_auditor_looks_but_does_not_revoke(printed: Certificate, auditor: Person, client_of: Browser) -> None:
    browser = client_of(auditor)
    page = browser.get(reverse("certificates:desk_show", args=[printed.uuid]))
    assert reverse("certificates:revoke", args=[printed.uuid]) not in text_of(page)
    assert browser.post(reverse("certificates:revoke", args=[printed.uuid]), {"reason": "x"}).status_code == 403
    assert browser.post(reverse("certificates:again", args=[printed.uuid])).status_code == 403


def test_a_leaver_is_found_where_he_worked_last(
    printed: Certificate, li_zhendong: Person, lin_xiaowen: Person, client_of: Browser, at: datetime
) -> None:
    PostAssignment.objects.filter(person=li_zhendong).update(ends_on=at.date() + timedelta(days=0))
    assert printed.serial in text_of(client_of(lin_xiaowen).get(reverse("certificates:desk")))
