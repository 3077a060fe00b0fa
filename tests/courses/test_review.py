"""From draft to catalogue through review, in the content desk."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import WorkflowState

from cms import ownership
from courses.actions import draft_lesson, publish_course
from courses.models import CatalogueIndexPage, Course, CoursePage, LessonPage
from courses.queries import catalogue, search
from lms.notices.models import Notice
from lms.people.enums import Role
from lms.people.models import Person, RoleGrant
from tests.courses.conftest import TEXT

Make = Callable[..., CoursePage]
Desk = Callable[[Person], Client]
NO_INLINES = {
    f"{name}-{part}_FORMS": "0" for name in ("modules", "comments") for part in ("TOTAL", "INITIAL", "MIN_NUM")
}


@pytest.fixture
def submitted(make_course: Make, tang_zhiyuan: Person) -> CoursePage:
    page = make_course(tang_zhiyuan)
    workflow = page.get_workflow()
    assert workflow is not None
    workflow.start(page, tang_zhiyuan)
    return page


@pytest.fixture
def catalogue_page(desk_of: Desk) -> CatalogueIndexPage:
    return CatalogueIndexPage.objects.get()


def decide(desk: Client, page: CoursePage | LessonPage, action: str, comment: str = "") -> int:
    state = WorkflowState.objects.get(object_id=str(page.pk), status=WorkflowState.STATUS_IN_PROGRESS)
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.current_task_state_id])
    return desk.post(url, {"comment": comment}).status_code


def lesson_of(page: CoursePage) -> LessonPage:
    lesson = page.lesson_pages().first()
    assert lesson is not None
    return lesson


def test_a_trainer_submits_from_the_editor_and_cannot_publish(
    desk_of: Desk, make_course: Make, tang_zhiyuan: Person
) -> None:
    page = make_course(tang_zhiyuan)
    desk = desk_of(tang_zhiyuan)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    editor = desk.get(url).text
    assert "action-submit" in editor
    assert "action-publish" not in editor
    form = {"title": page.title, "slug": page.slug, "code": "", "line": "safety", "hours": "1", "account": "safety"}
    answer = desk.post(url, {**form, **NO_INLINES, "action-publish": "1"})
    page.refresh_from_db()
    assert not page.live
    desk.post(url, {**form, **NO_INLINES, "action-submit": "1"})
    page = CoursePage.objects.get(pk=page.pk)
    assert page.workflow_in_progress, answer.text


def test_the_second_approval_publishes_the_course_with_its_lessons_in_one_edition(
    desk_of: Desk, submitted: CoursePage, sun_guoqiang: Person, xu_ting: Person
) -> None:
    assert decide(desk_of(sun_guoqiang), submitted, "approve") == 302
    assert not Course.objects.exists()
    assert decide(desk_of(xu_ting), submitted, "approve") == 302
    course = Course.objects.get(page=submitted)
    assert course.current_edition is not None
    assert course.current_edition.number == 1
    assert course.current_edition.published_by == xu_ting
    assert list(catalogue()) == [course]
    assert len(search("如实记录")) == 2


def test_a_request_for_changes_publishes_nothing_and_unlocks(
    desk_of: Desk, submitted: CoursePage, sun_guoqiang: Person, tang_zhiyuan: Person
) -> None:
    decide(desk_of(sun_guoqiang), submitted, "reject", "请补充依据")
    assert not Course.objects.exists()
    assert lesson_of(submitted).get_lock() is None
    history = reverse("wagtailadmin_pages:workflow_history", args=[submitted.pk])
    assert desk_of(tang_zhiyuan).get(history).status_code == 200


def test_while_under_review_neither_course_nor_lessons_change(
    desk_of: Desk, submitted: CoursePage, tang_zhiyuan: Person
) -> None:
    desk = desk_of(tang_zhiyuan)
    lesson = lesson_of(submitted)
    url = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    before = lesson.latest_revision_id
    desk.post(url, {"title": "改过", "slug": lesson.slug, "kind": "reading", "minutes": "0", "body-count": "0"})
    assert LessonPage.objects.get(pk=lesson.pk).latest_revision_id == before
    add = reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", submitted.pk])
    assert desk.get(add).status_code in {302, 403}
    delete = reverse("wagtailadmin_pages:delete", args=[lesson.pk])
    desk.post(delete)
    assert LessonPage.objects.filter(pk=lesson.pk).exists()


def test_nobody_approves_their_own_work(
    desk_of: Desk, submitted: CoursePage, tang_zhiyuan: Person, at: datetime
) -> None:
    RoleGrant.objects.create(
        person=tang_zhiyuan, role=Role.REVIEWER, unit=tang_zhiyuan.grants.get().unit, starts_at=at - timedelta(days=1)
    )
    ownership.forget(tang_zhiyuan)
    decide(desk_of(tang_zhiyuan), submitted, "approve")
    assert not CoursePage.objects.get(pk=submitted.pk).live


def test_a_reviewer_sees_what_is_submitted_within_their_scope_and_nothing_else(
    desk_of: Desk,
    submitted: CoursePage,
    make_course: Make,
    make_person: Callable[..., Person],
    sun_guoqiang: Person,
    tang_zhiyuan: Person,
) -> None:
    draft = make_course(tang_zhiyuan, "未送审的课")
    desk = desk_of(sun_guoqiang)
    assert submitted.title in desk.get("/cms/").text
    for page in (submitted, lesson_of(submitted)):
        assert desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    assert desk.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).status_code == 404
    elsewhere = desk_of(make_person("00120200", "外所审核", "YL1302", Role.REVIEWER))
    assert submitted.title not in elsewhere.get("/cms/").text
    assert elsewhere.get(reverse("wagtailadmin_pages:edit", args=[submitted.pk])).status_code == 404
    assert decide(elsewhere, submitted, "approve") == 404


def test_a_changed_lesson_of_a_published_course_goes_through_review_on_its_own(
    desk_of: Desk, make_course: Make, tang_zhiyuan: Person, sun_guoqiang: Person, xu_ting: Person, at: datetime
) -> None:
    page = make_course(tang_zhiyuan)
    publish_course(page=page, by=sun_guoqiang, at=at)
    lesson = lesson_of(page)
    lesson.title = "脱离电源（修订）"
    lesson.save_revision(user=tang_zhiyuan)
    workflow = lesson.get_workflow()
    assert workflow is not None
    workflow.start(lesson, tang_zhiyuan)
    decide(desk_of(sun_guoqiang), lesson, "approve")
    decide(desk_of(xu_ting), lesson, "approve")
    course = Course.objects.get(page=page)
    assert course.current_edition is not None
    assert course.current_edition.number == 2
    assert search("修订")[0].course == course


def test_a_scheduled_course_is_published_with_its_lessons_when_its_time_comes(
    desk_of: Desk, make_course: Make, tang_zhiyuan: Person, sun_guoqiang: Person, xu_ting: Person, at: datetime
) -> None:
    page = make_course(tang_zhiyuan)
    page.go_live_at = at + timedelta(hours=1)
    revision = page.save_revision(user=tang_zhiyuan)
    workflow = page.get_workflow()
    assert workflow is not None
    workflow.start(page, tang_zhiyuan)
    decide(desk_of(sun_guoqiang), page, "approve")
    decide(desk_of(xu_ting), page, "approve")
    assert not Course.objects.exists()
    assert lesson_of(page).get_lock() is not None
    revision.refresh_from_db()
    revision.approved_go_live_at = at - timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    call_command("publish_scheduled", verbosity=0)
    assert len(search("如实记录")) == 2
    assert lesson_of(page).get_lock() is None


@pytest.mark.parametrize("view", ["unpublish", "delete", "move"])
def test_an_author_cannot_take_away_what_review_has_published(
    view: str, desk_of: Desk, make_course: Make, tang_zhiyuan: Person, sun_guoqiang: Person, at: datetime
) -> None:
    page = make_course(tang_zhiyuan)
    publish_course(page=page, by=sun_guoqiang, at=at)
    desk = desk_of(tang_zhiyuan)
    for taken in (lesson_of(page), page):
        address = reverse(f"wagtailadmin_pages:{view}", args=[taken.pk])
        assert address not in desk.get(reverse("wagtailadmin_pages:edit", args=[taken.pk])).text
        assert desk.post(address, {"include_descendants": "on"}).status_code in {302, 403}
        desk.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", view]) + f"?id={taken.pk}")
    assert page.lesson_pages().filter(live=True).count() == 2
    assert Course.objects.offered().get().page == page


def test_an_author_takes_a_course_out_with_an_end_date_that_is_reviewed(
    desk_of: Desk, make_course: Make, tang_zhiyuan: Person, sun_guoqiang: Person, xu_ting: Person, at: datetime
) -> None:
    page = make_course(tang_zhiyuan)
    publish_course(page=page, by=sun_guoqiang, at=at)
    ends = timezone.localtime() + timedelta(hours=1)
    facts = {"title": page.title, "slug": page.slug, "line": "safety", "hours": "1", "account": "safety"}
    schedule = {"expire_at": f"{ends:%Y-%m-%d %H:%M}", "action-submit": "1"}
    desk_of(tang_zhiyuan).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {**NO_INLINES, **facts, **schedule})
    assert CoursePage.objects.get(pk=page.pk).expire_at is None
    decide(desk_of(sun_guoqiang), page, "approve")
    decide(desk_of(xu_ting), page, "approve")
    approved = CoursePage.objects.filter(pk=page.pk, expire_at__isnull=False)
    assert approved.update(expire_at=at - timedelta(minutes=1)) == 1
    call_command("publish_scheduled", verbosity=0)
    assert not Course.objects.offered().exists()


def test_lessons_added_after_publication_stay_drafts_until_reviewed(
    make_course: Make, tang_zhiyuan: Person, at: datetime
) -> None:
    page = make_course(tang_zhiyuan)
    publish_course(page=page, by=tang_zhiyuan, at=at)
    draft_lesson(course_page=page, title="新课时", blocks=[TEXT], by=tang_zhiyuan, at=at)
    assert search("新课时") == []


def test_a_trainer_writes_a_course_and_a_lesson_on_the_screens(
    desk_of: Desk, catalogue_page: CatalogueIndexPage, tang_zhiyuan: Person
) -> None:
    desk = desk_of(tang_zhiyuan)
    new = reverse("wagtailadmin_pages:add", args=["courses", "coursepage", catalogue_page.pk])
    assert desk.get(new).status_code == 200
    desk.post(
        new, {**NO_INLINES, "title": "新课", "slug": "new", "line": "safety", "hours": "0", "account": "company"}
    )
    course = CoursePage.objects.get(title="新课")
    assert course.owner == tang_zhiyuan
    new = reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", course.pk])
    assert desk.get(new).status_code == 200
    body = {"body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": "rich_text", "body-0-id": ""}
    text = '{"blocks":[{"key":"a","text":"如实记录","type":"unstyled"}],"entityMap":{}}'
    facts = {"title": "第一课", "slug": "one", "module": "", "kind": "reading", "minutes": "0"}
    desk.post(new, {**NO_INLINES, **body, **facts, "body-0-value": text})
    lesson = LessonPage.objects.get(title="第一课")
    assert "如实记录" in str(lesson.body)
    assert lesson.course_page == course


def test_reviewers_and_authors_hear_of_a_review_in_their_inbox(
    desk_of: Desk, sun_guoqiang: Person, submitted: CoursePage, tang_zhiyuan: Person, deng_min: Person
) -> None:
    assert [notice.kind for notice in Notice.objects.filter(person=sun_guoqiang)] == ["review_requested"]
    decide(desk_of(sun_guoqiang), submitted, "reject", "请补充依据")
    [notice] = Notice.objects.filter(person=tang_zhiyuan)
    assert notice.kind == "review_rejected"
    assert notice.context["comment"] == "请补充依据"
    assert not Notice.objects.filter(person=deng_min).exists()
    assert not mail.outbox
