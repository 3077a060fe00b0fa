"""A trainer sees, searches, chooses and opens only what is theirs: 邓敏 must learn nothing of 唐志远's drafts."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.images import get_image_model

from cms.actions import add_image, share, unshare
from courses.models import CoursePage, LessonPage
from lms.people.models import Person
from tests.cms.pictures import png, sent

Make = Callable[..., CoursePage]
Desk = Callable[[Person], Client]
SECRET = "绝缘靴试验"


def told(answer: Any) -> str:
    """Everything an answer says; what is wrapped in JSON is unwrapped first."""
    if answer["Content-Type"].startswith("application/json"):
        return json.dumps(answer.json(), ensure_ascii=False)
    return answer.text


@pytest.fixture
def his(make_course: Make, tang_zhiyuan: Person) -> CoursePage:
    return make_course(tang_zhiyuan, SECRET)


@pytest.fixture
def hers(make_course: Make, deng_min: Person) -> CoursePage:
    return make_course(deng_min, "营业厅规范")


@pytest.fixture
def her_desk(desk_of: Desk, deng_min: Person, his: CoursePage, hers: CoursePage) -> Client:
    return desk_of(deng_min)


def lesson_of(page: CoursePage) -> LessonPage:
    lesson = page.lesson_pages().first()
    assert lesson is not None
    return lesson


def test_the_explorer_lists_own_courses_only(her_desk: Client, hers: CoursePage) -> None:
    answer = her_desk.get(reverse("wagtailadmin_explore", args=[hers.get_parent().pk]), follow=True)
    assert answer.status_code == 200
    assert hers.title in told(answer)
    assert SECRET not in told(answer)


@pytest.mark.parametrize("where", ["wagtailadmin_pages:search", "wagtailadmin_choose_page_search"])
def test_search_finds_own_pages_in_chinese_and_no_others(her_desk: Client, where: str) -> None:
    assert "营业厅规范第一课" in told(her_desk.get(reverse(where), {"q": "厅规"}))
    assert SECRET not in told(her_desk.get(reverse(where), {"q": "绝缘靴"})).replace("绝缘靴&", "")
    assert f"{SECRET}第一课" not in told(her_desk.get(reverse(where), {"q": "第一课"}))


@pytest.mark.parametrize("query", [{}, {"page_type": "courses.LessonPage"}, {"page_type": "courses.CoursePage"}])
def test_the_page_chooser_offers_own_pages_only(her_desk: Client, query: dict[str, str]) -> None:
    answer = her_desk.get(reverse("wagtailadmin_choose_page"), query)
    assert SECRET not in told(answer)


def test_searching_the_explorer_finds_own_pages_only(her_desk: Client, hers: CoursePage) -> None:
    url = reverse("wagtailadmin_explore", args=[hers.get_parent().pk])
    for query in ({"q": "第一课"}, {"q": "第一课", "search_all": "1"}, {"has_child_pages": "true", "search_all": "1"}):
        assert SECRET not in told(her_desk.get(url, query))


PAGE_VIEWS = [
    "edit", "usage", "delete", "unpublish", "copy", "move", "history", "history_results", "revisions_index",
    "workflow_history", "view_draft", "preview_on_edit", "confirm_workflow_cancellation", "add_subpage", "unlock",
]  # fmt: skip


@pytest.mark.parametrize("view", PAGE_VIEWS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_view_of_a_foreign_page_says_there_is_no_such_page(
    her_desk: Client, his: CoursePage, view: str, method: str
) -> None:
    for page in (his, lesson_of(his)):
        answer = getattr(her_desk, method)(reverse(f"wagtailadmin_pages:{view}", args=[page.pk]))
        assert answer.status_code == 404
        assert SECRET not in told(answer)


def test_foreign_revisions_cannot_be_seen_compared_or_reverted_to(her_desk: Client, his: CoursePage) -> None:
    revision = his.latest_revision
    assert revision is not None
    for url in (
        reverse("wagtailadmin_pages:revisions_view", args=[his.pk, revision.pk]),
        reverse("wagtailadmin_pages:revisions_revert", args=[his.pk, revision.pk]),
        reverse("wagtailadmin_pages:revisions_compare", args=[his.pk, "earliest", "latest"]),
    ):
        assert her_desk.get(url).status_code == 404


def test_a_foreign_revision_cannot_be_reached_through_an_own_page(
    her_desk: Client, his: CoursePage, hers: CoursePage
) -> None:
    revision = his.latest_revision
    assert revision is not None
    url = reverse("wagtailadmin_pages:revisions_view", args=[hers.pk, revision.pk])
    assert her_desk.get(url).status_code == 404


def test_nothing_can_be_moved_copied_or_added_into_a_foreign_course(
    her_desk: Client, his: CoursePage, hers: CoursePage
) -> None:
    lesson = lesson_of(hers)
    assert her_desk.get(reverse("wagtailadmin_pages:move_confirm", args=[lesson.pk, his.pk])).status_code == 404
    add = reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", his.pk])
    assert her_desk.get(add).status_code == 404
    copy = reverse("wagtailadmin_pages:copy", args=[lesson.pk])
    her_desk.post(copy, {"new_title": "x", "new_slug": "x", "new_parent_page": his.pk, "copy_subpages": ""})
    assert his.get_children().count() == 1


@pytest.mark.parametrize(
    "path",
    [
        "choose-page/{his}/",
        "choose-page/chosen-multiple/?id={his}",
        "api/main/pages/{his}/",
        "pages/{his}/",
        "pages/{his}/results/",
    ],
)
def test_choosers_and_the_interface_behind_them_know_no_foreign_page(
    her_desk: Client, his: CoursePage, path: str
) -> None:
    answer = her_desk.get("/cms/" + path.format(his=his.pk))
    assert answer.status_code == 404
    assert SECRET not in told(answer)


def test_the_page_interface_lists_own_pages_only(her_desk: Client, hers: CoursePage) -> None:
    answer = her_desk.get("/cms/api/main/pages/")
    assert hers.title in told(answer)
    assert SECRET not in told(answer)


@pytest.mark.parametrize(
    "path",
    [
        "users/", "users/new/", "groups/", "groups/new/", "sites/", "snippets/", "collections/", "workflows/list/",
        "workflows/tasks/index/", "reports/site-history/", "reports/workflow/", "reports/workflow_tasks/",
        "reports/locked/", "reports/aging-pages/", "reports/page-types-usage/", "password_reset/", "redirects/",
        "forms/", "pages/usage/courses/coursepage/", "pages/create/courses/lessonpage", "api/main/images/",
        "api/main/documents/", "tag-autocomplete/?term=a", "embeds/chooser/", "failwhale/", "test404/",
        "bulk/wagtailcore/page/delete/?id=1", "api/main/pages/find/?id=1", "api/main/images/find/",
    ],
)  # fmt: skip
def test_screens_that_are_off_or_tell_too_much_do_not_exist(her_desk: Client, path: str) -> None:
    assert her_desk.get(f"/cms/{path}").status_code == 404


def test_usage_names_no_foreign_page(
    her_desk: Client, hers: CoursePage, his: CoursePage, tang_zhiyuan: Person
) -> None:
    """His lesson links to her page; from her side it is nameless."""
    lesson = lesson_of(his)
    link = f'<p><a linktype="page" id="{hers.pk}">看</a></p>'
    lesson.body = [("rich_text", link)]
    lesson.save_revision(user=tang_zhiyuan)
    lesson.save()
    answer = her_desk.get(reverse("wagtailadmin_pages:usage", args=[hers.pk]))
    assert answer.status_code == 200
    assert SECRET not in told(answer)


def test_images_are_seen_chosen_and_opened_by_their_uploader_only(
    her_desk: Client, desk_of: Desk, tang_zhiyuan: Person
) -> None:
    image = add_image(title=SECRET, file_name="a.png", content=png(), by=tang_zhiyuan)
    rendition = image.get_rendition("max-165x165")
    paths = [
        reverse("wagtailimages:edit", args=[image.pk]),
        reverse("wagtailimages:image_usage", args=[image.pk]),
        reverse("wagtailimages:delete", args=[image.pk]),
        reverse("wagtailimages_chooser:chosen", args=[image.pk]),
        reverse("wagtailimages_chooser:chosen_multiple") + f"?id={image.pk}",
        reverse("wagtailimages_chooser:select_format", args=[image.pk]),
        reverse("wagtailimages:preview", args=[image.pk, "width-100"]),
        rendition.url,
        image.file.url,
    ]
    for path in paths:
        assert SECRET not in told(her_desk.get(path, follow=True)), path
    assert her_desk.get(rendition.url).status_code == 404
    for name in ("wagtailimages:index", "wagtailimages_chooser:choose", "wagtailimages_chooser:choose_results"):
        assert SECRET not in told(her_desk.get(reverse(name), {"q": "绝缘靴"})).replace('value="绝缘靴"', "")
        assert SECRET not in told(her_desk.get(reverse(name)))
    his_desk = desk_of(tang_zhiyuan)
    assert SECRET in told(his_desk.get(reverse("wagtailimages_chooser:choose")))
    assert sent(his_desk.get(rendition.url)).startswith(b"\x89PNG")


def test_an_image_cannot_be_taken_by_a_bulk_action(her_desk: Client, tang_zhiyuan: Person) -> None:
    image = add_image(title=SECRET, file_name="a.png", content=png(), by=tang_zhiyuan)
    assert her_desk.post(f"/cms/bulk/wagtailimages/image/delete/?id={image.pk}").status_code == 404
    assert get_image_model().objects.filter(pk=image.pk).exists()


def test_the_home_screen_tells_nothing_of_others(her_desk: Client) -> None:
    answer = her_desk.get("/cms/")
    assert answer.status_code == 200
    assert SECRET not in told(answer)


def test_a_co_author_sees_and_edits_until_taken_off(
    desk_of: Desk, his: CoursePage, deng_min: Person, tang_zhiyuan: Person, at: datetime
) -> None:
    desk = desk_of(deng_min)
    url = reverse("wagtailadmin_pages:edit", args=[lesson_of(his).pk])
    share(page=his, person=deng_min, by=tang_zhiyuan, at=at)
    assert desk.get(url).status_code == 200
    unshare(page=his, person=deng_min, by=tang_zhiyuan, at=at)
    assert desk.get(url).status_code == 404


def test_only_the_owner_changes_co_authors(
    desk_of: Desk, his: CoursePage, deng_min: Person, tang_zhiyuan: Person, at: datetime
) -> None:
    url = reverse("courses_desk:co_authors", args=[his.pk])
    her_desk = desk_of(deng_min)
    assert her_desk.post(url, {"staff_no": deng_min.staff_no}).status_code == 404
    assert desk_of(tang_zhiyuan).post(url, {"staff_no": deng_min.staff_no}).status_code == 302
    answer = her_desk.get(url)
    assert answer.status_code == 403
    assert "唐志远" in told(answer)
    assert his.co_authors.count() == 1


def test_learners_and_managers_find_no_content_desk(
    desk_of: Desk, li_zhendong: Person, luo_jianhua: Person, admin: Person, his: CoursePage
) -> None:
    for person in (li_zhendong, luo_jianhua, admin):
        desk = desk_of(person)
        assert desk.get("/cms/").status_code == 404
        assert desk.get(f"/cms/pages/{his.pk}/edit/").status_code == 404


def test_the_desk_sends_the_anonymous_to_our_own_login(client: Client, catalogue: object) -> None:
    assert client.get("/cms/")["Location"].startswith("/accounts/login/")
    assert client.get("/cms/login/")["Location"] == "/accounts/login/"
