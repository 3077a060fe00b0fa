"""Certificate templates are shaped by those who answer for the whole company."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from certificates.models import Certificate, CertificateTemplate
from courses.models import Course
from lms.people.enums import Role
from lms.people.models import Person

Browser = Callable[[Person], Client]


def filled(course: Course, **changes: Any) -> dict[str, Any]:
    return {
        "name": "安全培训合格证",
        "courses": [course.pk],
        "wording": "兹证明{name}完成《{course}》。",
        "signer": "云岭县供电公司",
        "signer_title": "",
        "seal_text": "",
        "number_prefix": "YL-AQ",
        "validity_months": "12",
    } | changes


def test_a_new_template_certifies_its_courses(course: Course, lin_xiaowen: Person, client_of: Browser) -> None:
    browser = client_of(lin_xiaowen)
    assert browser.get(reverse("certificates:template_new")).status_code == 200
    assert browser.post(reverse("certificates:template_new"), filled(course)).status_code == 302
    template = CertificateTemplate.objects.get()
    assert (template.name, template.prefix, template.validity_months) == ("安全培训合格证", "YL-AQ", 12)
    assert list(template.courses.all()) == [course]
    assert "触电急救（理论）" in browser.get(reverse("certificates:templates")).content.decode()


def test_a_change_leaves_issued_certificates_alone(
    certificate: Certificate, template: CertificateTemplate, course: Course, lin_xiaowen: Person, client_of: Browser
) -> None:
    browser, address = client_of(lin_xiaowen), reverse("certificates:template", args=[template.key])
    assert "YL-AQ" in browser.get(address).content.decode()
    assert browser.post(address, filled(course, name="新证书", validity_months="")).status_code == 302
    template.refresh_from_db()
    certificate.refresh_from_db()
    assert (template.name, template.validity_months) == ("新证书", None)
    assert certificate.wording["title"] == "培训合格证书"


@pytest.mark.parametrize(
    "wrong",
    [
        {"wording": "{settings}"},
        {"wording": "长" * 401},
        {"number_prefix": "安全"},
        {"number_prefix": "YL-"},
        {"seal_text": "印章👍"},
        {"name": ""},
        {"validity_months": "0"},
        {"courses": [999]},
    ],
)
def test_what_cannot_be_printed_or_numbered_is_refused(
    wrong: dict[str, Any], course: Course, lin_xiaowen: Person, client_of: Browser
) -> None:
    response = client_of(lin_xiaowen).post(reverse("certificates:template_new"), filled(course, **wrong))
    assert response.status_code == 422
    assert not CertificateTemplate.objects.exists()


def test_nobody_else_shapes_certificates(
    course: Course,
    template: CertificateTemplate,
    make_person: Callable[..., Person],
    li_zhendong: Person,
    luo_jianhua: Person,
    auditor: Person,
    admin: Person,
    client_of: Browser,
) -> None:
    part = make_person("00130077", "城关培训员", "YL1301", Role.TRAINING_ADMIN)
    addresses = [
        reverse("certificates:templates"),
        reverse("certificates:template_new"),
        reverse("certificates:template", args=[template.key]),
    ]
    for person in (li_zhendong, luo_jianhua, auditor, admin, part):
        browser = client_of(person)
        assert [browser.get(address).status_code for address in addresses] == [404, 404, 404]
        assert browser.post(addresses[2], filled(course)).status_code == 404
    template.refresh_from_db()
    assert template.name == "培训合格证书"
