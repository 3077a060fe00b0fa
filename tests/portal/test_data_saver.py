"""Saving data: images of a lesson wait until somebody taps them; a setting of the device, not of the person."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.html import escape

from cms.assets import keep
from cms.holding import hold
from courses.models import Course, LessonEdition
from lms.people.models import Person
from tests.conftest import PASSWORD
from tests.factories import lessons_of, make_course

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
ALT = '验电器 "高压" <b>'


@pytest.fixture
def picture(settings: pytest.FixtureRequest, tmp_path: object) -> str:
    """The address of an image of 2048 bytes."""
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    return f"/images/{keep(b'x' * 2048)}"


@pytest.fixture
def address(picture: str) -> str:
    course: Course = make_course()
    image = (
        f'<img src="{picture}" srcset="{picture} 480w" alt="{escape(ALT)}" width="480" height="270" loading="lazy">'
    )
    LessonEdition.objects.update(html=f'<figure class="figure-block">{image}<figcaption>图一</figcaption></figure>')
    return f"/learn/{course.uuid}/{lessons_of(course)[0].uuid}/"


def pictures(client: Client, address: str, **headers: str) -> tuple[int, int]:
    """How many images load at once, and how many wait."""
    page = client.get(address, headers=headers).content.decode()
    lesson = page[page.index('class="prose"') : page.index("data-study-end")]
    return len(re.findall("<img", lesson)), len(re.findall("data-picture", lesson))


def test_the_switch_holds_the_images_of_lessons(client_of: ClientOf, li_zhendong: Person, address: str) -> None:
    client = client_of(li_zhendong)
    assert pictures(client, address) == (1, 0)
    answer = client.post("/accounts/preferences/", {"data_saver": "on", "next": "/me/"})
    assert answer.headers["Location"] == "/me/"
    assert pictures(client, address) == (0, 1)
    assert re.search(r'aria-checked="true" name="data_saver"', client.get("/me/").content.decode())
    client.post("/accounts/preferences/", {"data_saver": "off"})
    assert pictures(client, address) == (1, 0)


def test_the_browsers_own_setting_counts_until_somebody_chooses(
    client_of: ClientOf, li_zhendong: Person, address: str
) -> None:
    client = client_of(li_zhendong)
    assert pictures(client, address, save_data="on") == (0, 1)
    client.post("/accounts/preferences/", {"data_saver": "off"})
    assert pictures(client, address, save_data="on") == (1, 0)


def test_it_stays_with_the_device(client: Client, li_zhendong: Person, xie_yulan: Person, address: str) -> None:
    for person in (li_zhendong, xie_yulan):
        person.set_password(PASSWORD)
        person.save()
    client.post("/accounts/login/", {"login": li_zhendong.staff_no, "password": PASSWORD})
    client.post("/accounts/preferences/", {"data_saver": "on"})
    client.post("/accounts/logout/")
    client.post("/accounts/login/", {"login": xie_yulan.staff_no, "password": PASSWORD})
    assert pictures(client, address) == (0, 1)


def test_a_waiting_image_says_its_size_and_keeps_its_description(picture: str) -> None:
    held = hold(f'<p>前</p><img src="{picture}" alt="{escape(ALT)}" width="480" height="270"><p>后</p>')
    assert held.startswith("<p>前</p><a ")
    assert held.endswith("</a><p>后</p>")
    assert f'href="{picture}"' in held
    assert f'data-alt="{escape(ALT)}"' in held
    assert "2.0\xa0KB" in held


@pytest.mark.parametrize("src", ["/images/missing.webp", "https://elsewhere.example/a.png", "../../secret", ""])
def test_what_is_no_image_of_ours_is_left_alone(src: str, picture: str) -> None:
    tag = f'<img src="{src}" alt="x">'
    assert hold(tag) == tag
