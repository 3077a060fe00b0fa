"""专业审核, then 合规审核: two people, neither of them an author, and nothing is published before the second."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from wagtail.models import Comment, TaskState, WorkflowState, WorkflowTask

from cms import ownership
from cms.actions import share, unshare
from cms.models import ReviewTask
from courses.actions import draft_lesson, ensure_catalogue, publish_course
from courses.models import Course, CoursePage, LessonPage
from lms.notices.models import Notice
from lms.people.enums import Role
from lms.people.models import Person, RoleGrant
from tests.courses.review import decide, step_of, submit

Make = Callable[..., CoursePage]
Desk = Callable[[Person], Client]


@pytest.fixture
def grant(at: datetime, unit: Any) -> Callable[[Person, Role], None]:
    def give(person: Person, role: Role) -> None:
        RoleGrant.objects.create(person=person, role=role, unit=unit("YL"), starts_at=at - timedelta(days=1))
        ownership.forget(person)

    return give


@pytest.fixture
def course(make_course: Make, tang_zhiyuan: Person) -> CoursePage:
    page = make_course(tang_zhiyuan)
    submit(page, tang_zhiyuan)
    return page


def fresh(page: CoursePage) -> CoursePage:
    return CoursePage.objects.get(pk=page.pk)


def lesson_of(page: CoursePage) -> LessonPage:
    lesson = page.lesson_pages().first()
    assert lesson is not None
    return lesson


def as_edited(page: Any, **changes: Any) -> dict[str, Any]:
    """The editor's form as it stands."""
    facts = {"title": page.title, "slug": page.slug, "line": "safety", "hours": "1", "account": "safety"}
    facts |= {"kind": "reading", "minutes": "0", "module": ""}
    none = {
        f"{name}-{part}_FORMS": "0" for name in ("modules", "comments") for part in ("TOTAL", "INITIAL", "MIN_NUM")
    }
    return {**none, **facts, **changes}


def edit(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_each_step_is_open_to_its_own_reviewers_only(
    desk_of: Desk, course: CoursePage, sun_guoqiang: Person, xu_ting: Person
) -> None:
    first, second = desk_of(sun_guoqiang), desk_of(xu_ting)
    assert decide(second, course, "approve") == 404
    assert "专业审核：由您决定" in first.get(edit(course)).text
    assert decide(first, course, "approve") == 302
    assert (step_of(course), fresh(course).live) == ("compliance", False)
    assert decide(first, course, "approve") == 404
    assert course.title in second.get("/cms/").text
    assert "合规审核：由您决定" in second.get(edit(course)).text
    assert decide(second, course, "approve") == 302
    assert fresh(course).live


@pytest.mark.parametrize(("action", "said"), [("approve", "转合规审核"), ("reject", "已退回")])
def test_who_decided_is_told_and_sees_what_else_awaits(
    desk_of: Desk, course: CoursePage, sun_guoqiang: Person, action: str, said: str
) -> None:
    act = {"action-workflow-action": "1", "workflow-action-name": action}
    extra = {"workflow-action-extra-data": '{"comment": "请核对第二段"}'}
    answer = desk_of(sun_guoqiang).post(edit(course), as_edited(course, **act, **extra), follow=True)
    assert answer.redirect_chain == [("/cms/", 302)]
    assert said in answer.text and "已被更新" not in answer.text


def test_nobody_does_both_steps_of_one_review(
    desk_of: Desk, sun_guoqiang: Person, course: CoursePage, xu_ting: Person, grant: Callable[[Person, Role], None]
) -> None:
    grant(sun_guoqiang, Role.COMPLIANCE)
    desk = desk_of(sun_guoqiang)
    decide(desk, course, "approve")
    assert decide(desk, course, "approve") == 404
    assert not Course.objects.exists()
    assert [notice.kind for notice in Notice.objects.filter(person=sun_guoqiang)] == ["review_requested"]
    assert decide(desk_of(xu_ting), course, "approve") == 302
    assert Course.objects.exists()


@pytest.mark.parametrize("how", ["owner", "co-author", "former co-author", "submitter"])
def test_an_author_decides_neither_step_whatever_else_they_are(
    desk_of: Desk,
    make_course: Make,
    how: str,
    tang_zhiyuan: Person,
    deng_min: Person,
    sun_guoqiang: Person,
    grant: Callable[[Person, Role], None],
    at: datetime,
) -> None:
    author = deng_min if how.endswith("author") else tang_zhiyuan
    page = make_course(deng_min if how == "submitter" else tang_zhiyuan)
    if author == deng_min:
        share(page=page, person=deng_min, by=tang_zhiyuan, at=at)
    if how == "former co-author":
        unshare(page=page, person=deng_min, by=tang_zhiyuan, at=at)
    submit(page, tang_zhiyuan)
    author.grants.update(role=Role.REVIEWER)
    grant(author, Role.COMPLIANCE)
    desk = desk_of(author)
    assert decide(desk, page, "approve") in {302, 403, 404}
    assert step_of(page) == "subject"
    decide(desk_of(sun_guoqiang), page, "approve")
    assert decide(desk, page, "approve") in {302, 403, 404}
    assert (step_of(page), fresh(page).live) == ("compliance", False)


def test_a_decision_belongs_to_the_page_it_is_about_not_to_the_one_in_the_address(
    desk_of: Desk, make_course: Make, tang_zhiyuan: Person, deng_min: Person, grant: Callable[[Person, Role], None]
) -> None:
    """He reviews her course, and tries to approve his own through its address."""
    hers, his = make_course(deng_min, "她的课"), make_course(tang_zhiyuan, "他的课")
    submit(hers, deng_min)
    submit(his, tang_zhiyuan)
    grant(tang_zhiyuan, Role.REVIEWER)
    assert decide(desk_of(tang_zhiyuan), his, "approve", address=hers) in {302, 403, 404}
    assert step_of(his) == "subject"
    assert decide(desk_of(tang_zhiyuan), hers, "approve") == 302
    assert step_of(hers) == "compliance"


def test_the_reviewer_of_a_lesson_does_not_decide_about_its_course(
    desk_of: Desk, make_course: Make, tang_zhiyuan: Person, sun_guoqiang: Person, xu_ting: Person, at: datetime
) -> None:
    page = make_course(tang_zhiyuan)
    publish_course(page=page, by=sun_guoqiang, at=at)
    lesson = lesson_of(fresh(page))
    lesson.title = "改过"
    lesson.save_revision(user=tang_zhiyuan)
    submit(lesson, tang_zhiyuan)
    submit(fresh(page), tang_zhiyuan)
    decide(desk_of(sun_guoqiang), lesson, "approve")
    assert decide(desk_of(xu_ting), page, "approve") in {302, 403}
    assert step_of(page) == "subject"


@pytest.mark.parametrize("refused", ["subject", "compliance"])
def test_what_was_sent_back_is_read_by_both_again(
    desk_of: Desk, course: CoursePage, refused: str, tang_zhiyuan: Person, sun_guoqiang: Person, xu_ting: Person
) -> None:
    reviewers = {"subject": desk_of(sun_guoqiang), "compliance": desk_of(xu_ting)}
    if refused == "compliance":
        decide(reviewers["subject"], course, "approve")
    decide(reviewers[refused], course, "reject", "请补充依据")
    [notice] = Notice.objects.filter(person=tang_zhiyuan)
    assert notice.context | {"step": refused, "comment": "请补充依据"} == notice.context
    author = desk_of(tang_zhiyuan)
    screen = author.get(edit(course)).text
    assert "请补充依据" in screen and "重新提交审核" in screen
    author.post(edit(course), as_edited(course, title="触电急救（改）", **{"action-submit": "1"}))
    for step in ("subject", "compliance"):
        assert step_of(course) == step
        assert decide(reviewers[step], course, "approve") == 302
    assert fresh(course).title == "触电急救（改）"
    assert Course.objects.get(page=course).current_edition is not None


def test_a_rejection_needs_a_comment_at_every_door(desk_of: Desk, course: CoursePage, sun_guoqiang: Person) -> None:
    desk = desk_of(sun_guoqiang)
    decide(desk, course, "reject", "  ")
    task = WorkflowState.objects.get(object_id=str(course.pk)).current_task_state_id
    collect = reverse("wagtailadmin_pages:collect_workflow_action_data", args=[course.pk, "reject", task])
    asked = desk.post(collect, {"comment": ""}, headers={"x-requested-with": "XMLHttpRequest"})
    assert "请写明需要修改的内容" in asked.json()["html"]
    for extra in ({}, {"comment": " "}, {"comment": "", "update": False}):
        desk.post(
            edit(course),
            as_edited(
                course,
                **{
                    "action-workflow-action": "1",
                    "workflow-action-name": "reject",
                    "workflow-action-extra-data": json.dumps(extra),
                },
            ),
        )
    assert step_of(course) == "subject"


def test_the_decision_in_the_editor_is_the_same_one(desk_of: Desk, course: CoursePage, sun_guoqiang: Person) -> None:
    """Wagtail passes on whatever the browser adds; `update` would approve without going on."""
    act = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    form = as_edited(course, **act, **{"workflow-action-extra-data": '{"update": false}'})
    assert desk_of(sun_guoqiang).post(edit(course), form).status_code == 302
    assert step_of(course) == "compliance"


def test_a_decision_twice_at_once_counts_once(course: CoursePage, sun_guoqiang: Person) -> None:
    state = WorkflowState.objects.get(object_id=str(course.pk))
    task, seen = state.current_task_state.task.specific, TaskState.objects.get(pk=state.current_task_state_id)
    task.on_action(seen, sun_guoqiang, "approve")
    with pytest.raises(PermissionDenied):
        task.on_action(TaskState.objects.get(pk=seen.pk), sun_guoqiang, "reject", comment="晚了")
    assert step_of(course) == "compliance"


@pytest.mark.parametrize("step", ["subject", "compliance"])
def test_an_author_gets_past_neither_step_through_any_door(
    desk_of: Desk, make_course: Make, step: str, tang_zhiyuan: Person, sun_guoqiang: Person, at: datetime
) -> None:
    """Published as 触电急救, then changed and submitted: what learners see stays what was approved."""
    page = make_course(tang_zhiyuan)
    edition = publish_course(page=page, by=sun_guoqiang, at=at)
    assert edition is not None
    page = fresh(page)
    first = page.latest_revision
    page.title = "改过的题目"
    page.save_revision(user=tang_zhiyuan)
    submit(page, tang_zhiyuan)
    if step == "compliance":
        decide(desk_of(sun_guoqiang), page, "approve")
    other = make_course(tang_zhiyuan, "另一门课")
    desk, lesson = desk_of(tang_zhiyuan), lesson_of(page)
    for target in (page, lesson):
        for action in ("publish", "workflow-action"):
            act = {f"action-{action}": "1", "workflow-action-name": "approve", "body-count": "0"}
            desk.post(edit(target), as_edited(target, **act))
        for view in ("unpublish", "delete"):
            desk.post(reverse(f"wagtailadmin_pages:{view}", args=[target.pk]), {"include_descendants": "on"})
        for view in ("unpublish", "publish", "delete", "move"):
            bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", view])
            assert desk.post(f"{bulk}?id={target.pk}").status_code == 404
        copied = {"new_title": "抄", "new_slug": "chao", "copy_subpages": "on", "publish_copies": "on"}
        copied["new_parent_page"] = str(target.get_parent().pk)
        desk.post(reverse("wagtailadmin_pages:copy", args=[target.pk]), copied)
    desk.post(reverse("wagtailadmin_pages:move_confirm", args=[lesson.pk, other.pk]))
    assert first is not None
    desk.get(reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk]))
    desk.post(edit(page), as_edited(page, revision=first.pk, **{"action-publish": "1"}))
    schedule = reverse("wagtailadmin_pages:revisions_unschedule", args=[page.pk, page.latest_revision_id])
    desk.post(schedule)
    assert decide(desk, page, "approve") in {302, 403}
    assert step_of(page) == step
    course = Course.objects.get()
    assert (course.current_edition, course.retired_at) == (edition, None)
    assert fresh(page).lesson_pages().filter(live=True).count() == 2
    assert CoursePage.objects.filter(live=True).count() == 1


@pytest.mark.parametrize("door", ["move_confirm", "copy", "add"])
def test_nothing_is_slipped_into_a_course_that_is_being_reviewed(
    desk_of: Desk, course: CoursePage, make_course: Make, tang_zhiyuan: Person, door: str, at: datetime
) -> None:
    """It would be published with the course, and nobody would have read it."""
    other = make_course(tang_zhiyuan, "另一门课")
    lesson = draft_lesson(course_page=other, title="没人读过", blocks=[], by=tang_zhiyuan, at=at)
    desk = desk_of(tang_zhiyuan)
    arguments: dict[str, list[Any]] = {
        "move_confirm": [lesson.pk, course.pk], "copy": [lesson.pk], "add": ["courses", "lessonpage", course.pk],
    }  # fmt: skip
    facts = {"new_title": "抄", "new_slug": "chao", "new_parent_page": course.pk, "body-count": "0"}
    form = as_edited(lesson, **facts)
    desk.post(reverse(f"wagtailadmin_pages:{door}", args=arguments[door]), form)
    assert fresh(course).lesson_pages().count() == 2
    workflow = course.current_workflow_state
    assert workflow is not None
    workflow.cancel(user=tang_zhiyuan)
    desk.post(reverse(f"wagtailadmin_pages:{door}", args=arguments[door]), form)
    assert fresh(course).lesson_pages().count() == 3


def test_a_grant_that_has_ended_decides_nothing(
    desk_of: Desk, course: CoursePage, sun_guoqiang: Person, at: datetime
) -> None:
    desk = desk_of(sun_guoqiang)
    sun_guoqiang.grants.update(ends_at=at - timedelta(minutes=1))
    assert decide(desk, course, "approve") == 404
    assert step_of(course) == "subject"


def test_a_reviewer_comments_beside_a_block_and_changes_no_word(
    desk_of: Desk, course: CoursePage, tang_zhiyuan: Person, sun_guoqiang: Person
) -> None:
    lesson = lesson_of(course)
    block = lesson.body[0].id
    comment = {
        "comments-TOTAL_FORMS": "1", "comments-0-text": "依据是哪一条？", "comments-0-contentpath": f"body.{block}",
        "comments-0-id": "", "comments-0-position": "", "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
    }  # fmt: skip
    desk = desk_of(sun_guoqiang)
    desk.post(edit(lesson), as_edited(lesson, title="审核人的题目", minutes="99", **comment))
    [said] = Comment.objects.all()
    assert (said.user, said.page_id, said.contentpath) == (sun_guoqiang, lesson.pk, f"body.{block}")
    draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    assert (draft.title, draft.minutes) == ("脱离电源", 0)
    body = {
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "rich_text",
        "body-0-id": block,
    }
    text = '{"blocks":[{"key":"a","text":"审核人的话","type":"unstyled"}],"entityMap":{}}'
    answer = desk.post(edit(lesson), as_edited(lesson, **body, **{"body-0-value": text}))
    assert "审核人可以批注，修改由作者完成" in answer.text
    assert "审核人的话" not in str(LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object().body)
    decide(desk, course, "reject", "见批注")
    assert json.dumps("依据是哪一条？")[1:-1] in desk_of(tang_zhiyuan).get(edit(lesson)).text


def test_a_reviewer_does_not_go_back_to_an_earlier_version(
    desk_of: Desk, make_course: Make, tang_zhiyuan: Person, sun_guoqiang: Person
) -> None:
    page = make_course(tang_zhiyuan)
    lesson = page.lesson_pages().get(title="胸外按压")
    first = lesson.latest_revision_id
    lesson.title = "新写的题目"
    lesson.save_revision(user=tang_zhiyuan)
    submit(page, tang_zhiyuan)
    back = reverse("wagtailadmin_pages:revisions_revert", args=[lesson.pk, first])
    words = {
        "blocks": [{"key": "a", "text": "先断电，再救人。从业人员应当如实记录。", "type": "unstyled"}],
        "entityMap": {},
    }
    body = {"body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": "rich_text"}
    body |= {"body-0-id": str(lesson.body[0].id), "body-0-value": json.dumps(words)}
    desk = desk_of(sun_guoqiang)
    for address in (back, edit(lesson)):
        desk.post(address, as_edited(lesson, revision=first, **body))
    assert LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object().title == "新写的题目"


def test_a_reviewer_does_not_withdraw_what_an_author_submitted(
    desk_of: Desk, course: CoursePage, tang_zhiyuan: Person, sun_guoqiang: Person
) -> None:
    withdraw = as_edited(course, **{"action-cancel-workflow": "1"})
    assert "action-cancel-workflow" not in desk_of(sun_guoqiang).get(edit(course)).text
    desk_of(sun_guoqiang).post(edit(course), withdraw)
    assert step_of(course) == "subject"
    desk_of(tang_zhiyuan).post(edit(course), withdraw)
    assert step_of(course) == ""


def test_when_nobody_can_review_those_hear_of_it_who_grant_roles(
    desk_of: Desk, course: CoursePage, sun_guoqiang: Person, admin: Person
) -> None:
    decide(desk_of(sun_guoqiang), course, "approve")
    [notice] = Notice.objects.filter(person=admin, context__step="compliance")
    assert notice.kind == "review_unattended"


def test_an_installation_with_one_step_gets_the_second_and_keeps_what_runs(
    desk_of: Desk, course: CoursePage, sun_guoqiang: Person, xu_ting: Person
) -> None:
    ReviewTask.objects.get(step="compliance").delete()
    ReviewTask.objects.update(name="审核")
    migration = import_module("cms.migrations.0003_two_review_steps")
    for _again in range(2):
        migration.add_second_step(apps, None)
    ensure_catalogue()
    names = WorkflowTask.objects.order_by("sort_order").values_list("task__name", flat=True)
    assert list(names) == ["专业审核", "合规审核"]
    decide(desk_of(sun_guoqiang), course, "approve")
    assert not fresh(course).live
    decide(desk_of(xu_ting), course, "approve")
    assert fresh(course).live
