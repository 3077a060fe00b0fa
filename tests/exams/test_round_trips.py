"""Questions that go out in a format and come back are the same; what a format cannot carry is said by name."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from hypothesis import given, settings

from exams.exchange import gift, json_file, moodle_xml
from exams.exchange.gathering import Written
from exams.exchange.question import Exchange, Exchanged
from tests.exams.exchanged import questions

GIFT = {"single", "multiple", "true_false", "matching", "numerical", "essay", "short_answer", "description", "fill_in"}
MOODLE = GIFT | {"ordering", "hotspot"}


def there_and_back(
    sent: Sequence[Exchanged], write: Callable[[Sequence[Exchanged]], Written], read: Callable[[bytes], Exchange]
) -> Written:
    """Write and read; everything written without a remark must come back as it was."""
    file = write(sent)
    behind = {each.place for each in file.not_carried}
    changed = {place for place, _sentence in file.remarks}
    carried = [question for question in sent if question.place not in behind]
    assert file.questions == len(carried)
    if carried:
        back = read(file.data)
        assert not back.not_carried
        for one, other in zip(carried, back.questions, strict=True):
            if one.place not in changed:
                assert replace(other, place=one.place) == one
            assert other.type == one.type or one.place in changed
    return file


@settings(max_examples=150)
@given(questions())
def test_json_carries_everything(sent: list[Exchanged]) -> None:
    file = there_and_back(sent, json_file.write, json_file.read)
    assert not file.not_carried and not file.remarks


@settings(max_examples=150)
@given(questions())
def test_moodle_xml_carries_all_but_what_it_says(sent: list[Exchanged]) -> None:
    file = there_and_back(sent, moodle_xml.write, moodle_xml.read)
    assert not file.not_carried


@settings(max_examples=150)
@given(questions())
def test_gift_carries_all_but_what_it_says(sent: list[Exchanged]) -> None:
    file = there_and_back(sent, gift.write, gift.read)
    types = {question.place: question.type for question in sent}
    assert {types[each.place] for each in file.not_carried} <= {"ordering", "hotspot", "fill_in", "matching"}
