"""Pages of the benchmark of lists: what is one page, and which is judged by its median."""

from __future__ import annotations

from upstream_cli.benchmarks.lists import CLICKS_TO_JUDGE, by_page, medians_by_page


def test_a_list_in_every_order_is_one_page():
    assert by_page(["/a/", "/b/", "/a/?q=x", "/a/?page=9"]) == [["/a/", "/a/?q=x", "/a/?page=9"], ["/b/"]]


def test_a_page_is_judged_by_its_median_when_it_was_asked_for_often_enough():
    often = [(f"/a/?page={number}", float(number)) for number in range(CLICKS_TO_JUDGE)]
    seldom = [("/b/", 900.0)] * (CLICKS_TO_JUDGE - 1)
    assert medians_by_page([*often, *seldom]) == {"/a/": (CLICKS_TO_JUDGE - 1) / 2}
