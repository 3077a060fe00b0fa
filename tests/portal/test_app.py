"""The platform as something a phone installs: manifest, icons, service worker, and the page without a network."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from lms.people.models import Person

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.mark.parametrize(("language", "name"), [("zh-hans", "砺电学堂"), ("en", "Lidian")])
def test_the_manifest_speaks_the_language_of_the_page(client: Client, language: str, name: str) -> None:
    answer = client.get(f"/manifest-{language}.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    facts = json.loads(answer.content)
    assert (facts["name"], facts["lang"], facts["display"], facts["start_url"]) == (name, language, "standalone", "/")


def test_its_icons_are_there_in_the_sizes_it_says(client: Client) -> None:
    icons = client.get("/manifest-zh-hans.webmanifest").json()["icons"]
    assert {(icon["sizes"], icon["purpose"]) for icon in icons} == {
        (f"{size}x{size}", purpose) for size in (192, 512) for purpose in ("any", "maskable")
    }
    for icon in icons:
        name = re.sub(r"\.[0-9a-f]{12}\.", ".", icon["src"].removeprefix("/static/"))
        with Image.open(Path(settings.BASE_DIR, "static", name)) as drawn:
            assert f"{drawn.width}x{drawn.height}" == icon["sizes"]
            if icon["purpose"] == "maskable":
                assert drawn.convert("RGB").getpixel((0, 0)) == (11, 110, 94), "the ground reaches the corners"


def test_every_page_names_the_manifest_of_its_language(client_of: ClientOf, li_zhendong: Person) -> None:
    client = client_of(li_zhendong)
    assert '<link rel="manifest" href="/manifest-zh-hans.webmanifest">' in client.get("/").content.decode()
    client.post("/lang/", {"language": "en"})
    assert 'data-worker="/worker-en.js"' in client.get("/").content.decode()


def test_the_worker_keeps_the_offline_page_and_static_files_only(client_of: ClientOf, li_zhendong: Person) -> None:
    answer = client_of(li_zhendong).get("/worker-zh-hans.js")
    script = answer.content.decode()
    found = re.search(r"const FACTS = (\{.*\});", script)
    assert found is not None
    facts = json.loads(found[1])
    assert (facts["offline"], facts["sheet"]) == ("/offline/zh-hans/", "/exams/offline/zh-hans/")
    assert {"/static/js/exam.js", "/static/js/answers/choice.js"} <= {urlsplit(url).path for url in facts["kept"]}
    assert all(urlsplit(url).path.startswith("/static/") for url in facts["kept"])
    assert script.count("cache.addAll") == 1
    assert "cache.put" not in script
    assert li_zhendong.name not in script
    assert answer.headers["Content-Type"].startswith("text/javascript")


def test_the_worker_changes_only_with_what_it_keeps(client: Client) -> None:
    first, again = (client.get("/worker-en.js").content for _ in range(2))
    assert first == again
    assert client.get("/worker-zh-hans.js").content != first


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "当前没有网络"), ("en", "No network at the moment")])
def test_the_offline_page_is_in_ones_language_whatever_the_request_says(
    client: Client, language: str, words: str
) -> None:
    assert words in client.get(f"/offline/{language}/").content.decode()


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "本机没有保存这份试卷"), ("en", "has no copy of the paper")]
)
def test_the_empty_sheet_is_in_ones_language_and_nobodys(client: Client, language: str, words: str) -> None:
    page = client.get(f"/exams/offline/{language}/").content.decode()
    assert words in page and "data-stand-in" in page and "data-exam " not in page


@pytest.mark.parametrize(
    "address", ["/manifest-fr.webmanifest", "/worker-fr.js", "/offline/fr/", "/exams/offline/fr/"]
)
def test_a_language_we_do_not_speak_does_not_exist(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
