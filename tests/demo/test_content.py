"""The texts of the demo: complete, consistent, and calm."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PIL import Image

from exams.rules.drawing import Candidate, Cell, Rule, Stock, draw
from lms.demo.sources import CONTENT, load

COURSES = sorted(path.parent.name for path in CONTENT.glob("*/course.yaml"))
LESSONS = sorted(CONTENT.glob("*/[0-9]*.yaml"))
HAN = re.compile(r"[㐀-鿿]")
NOT_SHOWN = {"type", "file", "alt", "tone", "correct"}
BLOCK_KEYS = {
    "rich_text": {"html"},
    "image": {"file", "alt", "caption"},
    "callout": {"tone", "title", "text"},
    "steps": {"title", "steps"},
    "table": {"caption", "header", "rows"},
    "accordion": {"items"},
    "self_check": {"question", "options", "explanation"},
}


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in NOT_SHOWN:
                yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)
    elif isinstance(value, str):
        yield value


def characters(lesson: dict[str, Any]) -> int:
    """Chinese characters a learner reads; neither punctuation nor digits."""
    return len(HAN.findall("".join(texts(lesson["blocks"]))))


def blocks() -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in LESSONS:
        for block in load(str(path.relative_to(CONTENT)))["blocks"]:
            yield path, block


def lessons_of(course: str) -> list[dict[str, Any]]:
    return [load(f"{course}/{path.name}") for path in LESSONS if path.parent.name == course]


def test_s4_is_a_whole_course_of_thirteen_thousand_characters() -> None:
    sizes = [characters(lesson) for lesson in lessons_of("s4")]
    assert len(sizes) == 6
    assert all(1900 <= size <= 2700 for size in sizes)
    assert sum(sizes) >= 13_000


def test_the_minutes_of_s4_are_one_hour_of_45() -> None:
    assert sum(lesson["minutes"] for lesson in lessons_of("s4")) == load("s4/course.yaml")["hours"] * 45


@pytest.mark.parametrize(("course", "lessons"), [("p1", 11), ("p4", 7), ("s1", 18), ("s4", 6), ("v1", 10), ("v3", 8)])
def test_six_courses_are_written_to_the_end(course: str, lessons: int) -> None:
    assert len(lessons_of(course)) == lessons


@pytest.mark.parametrize("course", COURSES)
def test_a_lesson_teaches_and_does_not_tire(course: str) -> None:
    longest = 2700 if course == "s4" else 2000
    for lesson in lessons_of(course):
        assert 600 <= characters(lesson) <= longest, lesson["title"]


@pytest.mark.parametrize("course", COURSES)
def test_hours_are_those_of_the_minutes(course: str) -> None:
    """To the nearest half."""
    minutes = sum(lesson["minutes"] for lesson in lessons_of(course))
    assert abs(load(f"{course}/course.yaml")["hours"] - minutes / 45) <= 0.25


def test_reading_a_lesson_fits_into_its_minutes() -> None:
    for course in COURSES:
        for lesson in lessons_of(course):
            assert characters(lesson) / 400 <= lesson["minutes"], lesson["title"]


@pytest.mark.parametrize("course", COURSES)
def test_the_modules_name_exactly_the_lessons_there_are(course: str) -> None:
    facts = load(f"{course}/course.yaml")
    named = [slug for module in facts["modules"] for slug in module["lessons"]]
    there = [path.stem for path in LESSONS if path.parent.name == course]
    exam = [facts["exam"]["slug"]] if facts["exam"] else []
    assert named == there + exam


def test_blocks_have_the_keys_of_their_kind() -> None:
    for path, block in blocks():
        optional = {"document", "clause"} if block["type"] == "callout" else set()
        keys = set(block) - {"type"}
        assert BLOCK_KEYS[block["type"]] <= keys <= BLOCK_KEYS[block["type"]] | optional, path.name
        if block.get("tone") == "basis":
            assert block["document"] and block["clause"], path.name


def test_texts_use_only_the_markup_the_editor_has() -> None:
    for path, block in blocks():
        if block["type"] == "rich_text":
            assert set(re.findall(r"</?(\w+)[^>]*>", block["html"])) <= {"h3", "h4", "p", "ul", "ol", "li", "b", "i"}
            for tag in ("h3", "h4", "p", "ul", "ol", "li", "b", "i"):
                assert block["html"].count(f"<{tag}>") == block["html"].count(f"</{tag}>"), path.name


def test_every_kind_of_block_is_shown_in_s4() -> None:
    for lesson in lessons_of("s4"):
        kinds = Counter(block["type"] for block in lesson["blocks"])
        assert set(kinds) == set(BLOCK_KEYS)
        assert 2 <= kinds["self_check"] <= 4
        assert 1 <= kinds["image"] <= 2


def test_tables_are_rectangular_and_made_of_text() -> None:
    for path, block in blocks():
        if block["type"] == "table":
            assert all(len(row) == len(block["header"]) for row in block["rows"]), path.name
            assert all(isinstance(cell, str) for row in block["rows"] for cell in row), path.name


def test_self_checks_have_right_and_wrong_options() -> None:
    for path, block in blocks():
        if block["type"] == "self_check":
            assert {option["correct"] for option in block["options"]} == {True, False}, path.name
            several = sum(option["correct"] for option in block["options"]) > 1
            assert several == ("可多选" in block["question"]), block["question"]


def test_every_image_exists_light_enough_for_a_phone_with_its_source() -> None:
    shown = set()
    for path, block in blocks():
        if block["type"] == "image":
            picture = path.parent / "images" / block["file"]
            shown.add(picture)
            assert picture.with_suffix(".svg").exists()
            assert picture.stat().st_size <= 80_000
            with Image.open(picture) as opened:
                assert opened.width == 1200
    assert shown == set(CONTENT.glob("*/images/*.png"))


def test_nothing_shouts_or_uses_another_company_s_name() -> None:
    for path in CONTENT.rglob("*.yaml"):
        content = path.read_text(encoding="utf-8")
        assert not re.search("[!！]|国网|国家电网", content), path.name


@pytest.mark.parametrize("course", COURSES)
def test_banks_have_thirty_questions_each_with_a_valid_answer(course: str) -> None:
    bank = load(f"{course}/questions.yaml")
    questions = bank["questions"]
    assert len(questions) == len({q["code"] for q in questions}) == len({q["stem"] for q in questions}) >= 30
    for question in questions:
        assert question["topic"] in bank["topics"]
        assert question["difficulty"] in range(1, 6)
        assert question["explanation"] and question["edition"] and question["points"] == 1
        assert question["basis"]["document"] and question["basis"]["clause"]
        assert_answer_fits(question)
    assert set(Counter(q["type"] for q in questions)) == {"single", "multiple", "judge"}


def assert_answer_fits(question: dict[str, Any]) -> None:
    answer = question["answer"]
    if question["type"] == "judge":
        assert isinstance(answer, bool) and "options" not in question
        return
    options = question["options"]
    assert len(set(options)) == len(options) >= 2
    assert all(isinstance(option, str) for option in options)
    assert set(answer) <= set("ABCDEFGH"[: len(options)]) and "".join(sorted(set(answer))) == answer
    assert len(answer) == 1 if question["type"] == "single" else len(answer) >= 2


@pytest.mark.parametrize("course", COURSES)
def test_right_answers_are_spread_over_the_letters(course: str) -> None:
    questions = load(f"{course}/questions.yaml")["questions"]
    letters = Counter(q["answer"] for q in questions if q["type"] == "single")
    verdicts = Counter(q["answer"] for q in questions if q["type"] == "judge")
    assert set(letters) == set("ABCD") and max(letters.values()) - min(letters.values()) <= 3
    assert abs(verdicts[True] - verdicts[False]) <= 2


EXAMS = [course for course in COURSES if load(f"{course}/course.yaml")["exam"]]


def test_the_six_courses_written_to_the_end_are_the_ones_with_an_exam() -> None:
    assert EXAMS == ["p1", "p4", "s1", "s4", "v1", "v3"]


@pytest.mark.parametrize("course", EXAMS)
def test_a_paper_is_worth_100_points_and_says_so(course: str) -> None:
    exam = load(f"{course}/course.yaml")["exam"]
    points = sum(rule["points"] for rule in exam["compulsory"])
    points += sum(rule["count"] * rule["points"] for rule in exam["rules"])
    questions = len(exam["compulsory"]) + sum(rule["count"] for rule in exam["rules"])
    assert points == exam["total_points"] == 100
    told = exam["instructions"]
    assert (
        f"共 {questions} 题" in told and f"{exam['minutes']} 分钟" in told and f"{exam['pass_score']} 分合格" in told
    )
    assert f"最多可考 {exam['max_attempts']} 次" in told or f"可补考 {exam['max_attempts'] - 1} 次" in told


@pytest.mark.parametrize("course", EXAMS)
def test_the_bank_has_more_than_every_rule_asks_for(course: str) -> None:
    """Each rule alone, beside the compulsory questions; and all of them together, by the drawing itself."""
    exam, questions = load(f"{course}/course.yaml")["exam"], load(f"{course}/questions.yaml")["questions"]
    numbers = {question["code"]: number for number, question in enumerate(questions)}
    compulsory = {rule["code"] for rule in exam["compulsory"]}
    rest = [question for question in questions if question["code"] not in compulsory]
    for rule in exam["rules"]:
        matching = [q for q in rest if q["type"] == rule["type"] and rule["topic"] in (None, q["topic"])]
        assert len(matching) >= rule["count"], rule
    stock = Stock(
        {Cell(1, q["type"], q["topic"], 3, frozenset({q["code"]})): [Candidate(n, n)] for n, q in enumerate(questions)}
    )
    wanted = [Rule(1, "", "", 1, Decimal(one["points"]), numbers[one["code"]]) for one in exam["compulsory"]]
    wanted += [Rule(1, r["type"], r["topic"] or "", r["count"], Decimal(r["points"])) for r in exam["rules"]]
    papers = {frozenset(drawn.version for drawn in draw(wanted, stock, Random(seed))) for seed in range(20)}
    assert len(papers) == 20  # no two people sit beside the same paper


def test_certificates_end_where_something_is_examined() -> None:
    certified = {course: facts for course in COURSES if (facts := load(f"{course}/course.yaml"))["certificate"]}
    assert set(certified) == {"s1", "s4", "v1", "v3"}
    for facts in certified.values():
        certificate = facts["certificate"]
        assert facts["exam"] and certificate["validity_months"] == 12 and len(certificate["wording"]) <= 400
        assert "有效期 12 个月" in facts["exam"]["instructions"] and "十二个月" in certificate["wording"]
        assert certificate["prefix"] == {"safety": "YL-AQ", "service": "YL-FW"}[facts["line"]]


def test_twelve_courses_of_three_lines_are_written() -> None:
    written = [load(f"{course}/course.yaml") for course in COURSES]
    assert len({course["code"] for course in written}) == 12
    assert Counter(course["line"] for course in written) == {"policy": 4, "safety": 5, "service": 3}


# The modules of every course, as the domain's plan of twelve courses names them; of S4 the online half, in three.
PLANNED = {
    "p1": ("人人有责", "我的权利和义务", "培训与持证", "违反了会怎样"),
    "p2": ("规则变了什么", "停电与复电", "计量与违约用电", "小结"),
    "p3": ("形势", "任务", "落实"),
    "p4": ("职业道德", "“十个不准”", "个人信息保护"),
    "s1": (
        "总则与人员条件",
        "高压设备工作基本要求",
        "保证安全的组织措施",
        "保证安全的技术措施",
        "专项作业",
        "事故案例与复习",
    ),
    "s2": ("总则与人员条件", "组织措施", "技术措施", "线路与设备作业", "专项与应急", "案例与复习"),
    "s3": ("公司级", "部门级", "班组级"),
    "s4": ("脱离电源", "判断与心肺复苏", "AED 与现场善后"),
    "s5": ("风险从哪里来", "“三种人”", "两票实战", "叫停与复盘"),
    "v1": ("形象与语言", "业务办理", "特殊场景", "演练"),
    "v2": ("工单从哪里来", "处理", "投诉化解", "实战"),
    "v3": ("承诺与流程", "现场服务", "信息告知"),
}


@pytest.mark.parametrize("course", COURSES)
def test_a_course_has_the_modules_of_the_plan_written_or_announced(course: str) -> None:
    """What sums up a course written to the end is its exam."""
    facts = load(f"{course}/course.yaml")
    written, coming = [module["title"] for module in facts["modules"]], facts.get("coming_modules", [])
    titles = [title.split(" ", 1)[1] for title in [*written, *coming]]
    assert titles == [*PLANNED[course], *(["考试" if course[0] != "v" else "测评"] if facts["exam"] else [])]
    assert bool(coming) == (facts["exam"] is None)
    assert all(title.split(" ", 1)[1] in facts["summary"] for title in coming)


@pytest.mark.parametrize("course", COURSES)
def test_every_course_shows_cases_checks_and_a_drawing(course: str) -> None:
    lessons = lessons_of(course)
    kinds = Counter(block["type"] for lesson in lessons for block in lesson["blocks"])
    assert kinds["image"] >= 1 and kinds["accordion"] >= len(lessons)
    assert all(sum(block["type"] == "self_check" for block in lesson["blocks"]) >= 2 for lesson in lessons)


@pytest.mark.parametrize("drawing", ["s1/safe-distances", "s1/isolate-five", "s4/cycle-30-2", "v1/five-steps"])
def test_the_drawings_people_ask_for_are_there(drawing: str) -> None:
    """Safe distances, the five steps of de-energising, resuscitation, the steps of a complaint."""
    course, name = drawing.split("/")
    shown = {block["file"] for path, block in blocks() if block["type"] == "image" and path.parent.name == course}
    assert f"{name}.png" in shown


def test_policies_of_the_library_have_all_four_parts_and_are_signed_for() -> None:
    articles = load("news/articles.yaml")
    policies = [article for article in articles if article["kind"] == "policy"]
    assert len(policies) >= 2
    for policy in policies:
        assert set(policy["parts"]) == {"picture", "original", "answers", "cases"} and policy["sign"]
        assert policy["document_number"] and policy["issuer"] and policy["effective_on"]
        assert all(policy["parts"].values())
    assert {article["kind"] for article in articles} == {"policy", "bulletin", "announcement", "news"}
    assert any(article["sign"]["until"] > 0 for article in articles if "sign" in article)


def test_posts_fill_120_registered_and_15_external_places() -> None:
    company = load("company.yaml")
    positions = {position["key"] for position in company["positions"]}
    tags = {tag["key"] for tag in company["position_tags"]}
    inside = outside = 0
    for unit in company["units"]:
        posts = company["posts"].get(unit["code"], [])
        filled = sum(post["count"] for post in posts)
        assert filled == unit["headcount"], unit["name"]
        assert {post["position"] for post in posts} <= positions
        outside, inside = (outside + filled, inside) if unit["kind"] == "external" else (outside, inside + filled)
    assert (inside, outside) == (120, 15)
    assert all(set(position["tags"]) <= tags for position in company["positions"])


def test_the_employment_mix_adds_up_over_the_posts() -> None:
    company = load("company.yaml")
    mix: Counter[str] = Counter()
    for unit, posts in company["posts"].items():
        for post in posts:
            if not unit.startswith("YLW"):
                mix[post["position"]] += post["count"]
    by_type: Counter[str] = Counter()
    for position, count in mix.items():
        quota = company["employment_by_position"].get(position, {"full_time": count})
        assert sum(quota.values()) == count, position
        by_type.update(quota)
    assert dict(by_type) == company["employment_mix"]


def test_the_cast_fit_their_posts_and_every_role_is_held_by_somebody_known() -> None:
    company = load("company.yaml")
    room = Counter({(u, p["position"]): p["count"] for u, posts in company["posts"].items() for p in posts})
    held = Counter((person["unit"], person["position"]) for person in company["cast"])
    assert all(room[post] >= count for post, count in held.items())
    numbers = [person["staff_no"] for person in company["cast"]] + [company["system_account"]["staff_no"]]
    assert len(set(numbers)) == len(numbers)
    assert {grant["staff_no"] for grant in company["role_grants"]} <= set(numbers)
    assert {account["staff_no"] for account in company["demo_accounts"]} <= set(numbers)


def test_there_are_names_enough_for_everybody() -> None:
    names = load("company.yaml")["names"]
    given = names["given_male"] + names["given_female"]
    assert len(set(names["surnames"])) == len(names["surnames"])
    assert len(set(given)) == len(given)
    assert len(names["surnames"]) * len(given) > 20 * 135
