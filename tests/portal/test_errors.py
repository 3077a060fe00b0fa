"""Pages for what went wrong say it first, then what to do."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.template.loader import render_to_string
from django.test import Client

from lms.people.models import Person

pytestmark = pytest.mark.django_db
NOBODY = UUID(int=7)


@pytest.mark.parametrize("url", ["/nothing/", f"/courses/{NOBODY}/", f"/learn/{NOBODY}/{NOBODY}/"])
def test_what_is_not_there_or_not_yours_is_404(
    client_of: Callable[[Person], Client], li_zhendong: Person, url: str
) -> None:
    answer = client_of(li_zhendong).get(url)
    assert answer.status_code == 404
    assert "回到首页" in answer.content.decode()


def test_a_form_that_was_open_too_long_says_so(client_of: Callable[[Person], Client], li_zhendong: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(li_zhendong, backend="lms.people.login.StaffNumberBackend")
    answer = client.post(f"/courses/{NOBODY}/enrol/")
    assert answer.status_code == 403
    assert "页面打开时间过长" in answer.content.decode()


def test_the_page_for_our_own_failure_needs_neither_person_nor_database() -> None:
    assert "<h1>" in render_to_string("500.html")
