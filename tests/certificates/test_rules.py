"""What a certificate says and is worth, without a database."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates import rules
from certificates.enums import State


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("李振东", "李*东"),
        ("王凯", "王*"),
        ("欧阳娜娜", "欧**娜"),
        ("阿依古丽买买提", "阿***提"),
        ("石", "石*"),
        ("", "*"),
    ],
)
def test_a_stranger_reads_only_the_ends_of_a_name(name: str, shown: str) -> None:
    assert rules.masked(name) == shown


@given(st.text(min_size=3, max_size=100))
def test_a_masked_name_keeps_two_characters_at_most(name: str) -> None:
    shown = rules.masked(name)
    assert (shown[0], shown[-1]) == (name[0], name[-1])
    assert set(shown[1:-1]) == {"*"}
    assert len(shown) <= 5


@pytest.mark.parametrize(
    ("issued", "months", "last"),
    [
        (date(2026, 11, 20), 36, date(2029, 11, 19)),
        (date(2026, 1, 31), 1, date(2026, 2, 27)),
        (date(2024, 2, 29), 12, date(2025, 2, 27)),
        (date(2026, 12, 1), 1, date(2026, 12, 31)),
        (date(2026, 11, 20), None, None),
    ],
)
def test_validity_ends_the_day_before_its_anniversary(issued: date, months: int | None, last: date | None) -> None:
    assert rules.last_valid_day(issued, months) == last


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2029, 9, 19), State.VALID),
        (date(2029, 9, 20), State.EXPIRING),
        (date(2029, 11, 19), State.EXPIRING),
        (date(2029, 11, 20), State.EXPIRED),
    ],
)
def test_the_last_valid_day_still_counts(today: date, state: State) -> None:
    assert rules.state(revoked_at=None, valid_until=date(2029, 11, 19), today=today) == state


def test_revoked_outweighs_every_date() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    assert rules.state(revoked_at=at, valid_until=None, today=date(2026, 1, 2)) == State.REVOKED


def test_the_name_stands_alone_between_the_two_halves_of_the_sentence() -> None:
    values = {"name": "李振东", "course": "触电急救"}
    assert rules.sentence("兹证明{name}完成《{course}》", values) == ("兹证明", "完成《触电急救》")


def test_a_value_that_looks_like_a_placeholder_stays_as_it_is() -> None:
    assert rules.fill("{course}", {"course": "{score}", "score": "100"}) == "{score}"


def test_a_template_knows_names_only() -> None:
    assert rules.unknown_placeholders("{name}{name.__class__}{0}{settings}{score}") == ["settings"]
    assert rules.fill("{name.__class__} {0!r} {% include 'x' %}", {"name": "李振东"}) == (
        "{name.__class__} {0!r} {% include 'x' %}"
    )


@pytest.mark.parametrize(
    ("value", "text"), [(Decimal("92.00"), "92"), (Decimal("92.50"), "92.5"), (Decimal("100"), "100"), (None, "")]
)
def test_numbers_are_printed_plainly(value: Decimal | None, text: str) -> None:
    assert rules.plain_number(value) == text


def test_words_unknown_to_an_old_certificate_are_empty() -> None:
    assert rules.Wording.from_json({"name": "李振东", "gone": "x"}).seal_text == ""
