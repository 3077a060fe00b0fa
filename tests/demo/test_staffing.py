"""Who joins and leaves in the demo: every post has somebody, and the company stays as large as it says."""

from collections import Counter

import pytest

from lms.demo.company import Post, _posts
from lms.demo.sources import load


@pytest.fixture(scope="module")
def posts() -> dict[str, Post]:
    return {post.staff_no: post for post in _posts(load("company.yaml"))}


def test_whoever_leaves_makes_room_for_a_newcomer_of_the_same_post(posts: dict[str, Post]) -> None:
    company = load("company.yaml")
    vacant = Counter((one["unit"], one["position"]) for one in company["leavers"])
    inside = [posts[number] for number in company["newcomers"] if not posts[number].unit.startswith("YLW")]
    assert Counter((post.unit, post.position) for post in inside) == vacant
    for one in company["leavers"]:
        taken = [post for post in inside if (post.unit, post.position) == (one["unit"], one["position"])]
        assert all(company["newcomers"][post.staff_no] < one["left_days_ago"] for post in taken)


def test_those_who_left_have_numbers_and_names_of_their_own(posts: dict[str, Post]) -> None:
    company = load("company.yaml")
    names = company["names"]
    for one in company["leavers"]:
        assert one["staff_no"] not in posts
        assert one["name"][0] not in names["surnames"]  # nobody generated is called the same
        assert one["name"] not in {person["name"] for person in company["cast"]}
        assert one["status"] in ("retired", "off_post")


def test_rates_are_of_units_and_their_mean_is_that_of_the_company(posts: dict[str, Post]) -> None:
    rates = load("company.yaml")["completion_rates"]
    inside = [post.unit for post in posts.values() if not post.unit.startswith("YLW")]
    assert set(rates) <= {*inside, "YL"}
    mean = sum(rates.get(unit, rates["YL"]) for unit in inside) / len(inside)
    assert 88 <= mean <= 89  # a few are late for another reason
    assert (rates["YL1302"], rates["YL0903"]) == (71, 100)
