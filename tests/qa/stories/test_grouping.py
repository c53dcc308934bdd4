from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

from qa.stories import Edge, Said, bands_of, repeats, stories_of, words_of
from tests.qa.stories.test_comparing import PIER


def clique(keys: list[int], weight: float) -> list[Edge]:
    return [Edge(one, other, weight) for one, other in combinations(keys, 2)]


def test_copies_of_one_text_are_one_story() -> None:
    assert stories_of(clique([1, 2, 3], 0.9) + clique([7, 8], 0.8)) == [[1, 2, 3], [7, 8]]


def test_a_round_up_goes_to_the_story_that_it_has_more_of_and_joins_no_two() -> None:
    near, far = [Edge(1, 9, 0.6), Edge(2, 9, 0.6)], [Edge(3, 9, 0.4), Edge(4, 9, 0.4)]
    edges = [*clique([1, 2], 0.9), *clique([3, 4], 0.9), *near, *far]
    assert stories_of(edges) == stories_of(edges[::-1]) == [[1, 2, 9], [3, 4]]


def test_two_texts_and_their_round_up_alone_are_no_story_of_three() -> None:
    assert stories_of([Edge(1, 9, 0.6), Edge(2, 9, 0.4)]) == [[1, 9]]


def test_bands_are_the_same_each_time_and_copies_share_some() -> None:
    whole, cut = bands_of(words_of(PIER).folded), bands_of(words_of(PIER[:230]).folded)
    assert whole == bands_of(words_of(PIER.upper()).folded)
    assert set(whole) & set(cut)
    assert bands_of(words_of("Too short to tell.").folded) == ()


def said(speaker: str | None, text: str) -> Said:
    return Said(speaker, tuple(text.split()))


def test_what_an_earlier_copy_has_is_a_repeat_and_another_figure_is_none() -> None:
    safe = "it is safe for now"
    first = [(1, said("orla venning", "the pier would be rebuilt by 2027")), (2, said("orla venning", safe))]
    second = [
        (3, said("orla venning", "the pier would be rebuilt by 2028")),
        (4, said("orla venning", safe)),
        (5, said("tomas reck", safe)),
    ]
    assert repeats([first, second]) == {4: 2}


def test_words_that_are_cut_short_are_a_repeat() -> None:
    first = [(1, said("orla venning", "the pier would be rebuilt and widened in the spring of next year"))]
    assert repeats([first, [(2, said("orla venning", "the pier would be rebuilt"))]]) == {2: 1}


def test_an_article_that_says_something_twice_says_it_twice() -> None:
    twice = [(1, said("orla venning", "the pier is safe")), (2, said("orla venning", "the pier is safe"))]
    assert repeats([twice]) == {}


def test_what_an_outlet_repeats_for_weeks_makes_no_story_in_whichever_order_it_came() -> None:
    weekly = [
        Edge(one, other, 0.7, copies=(one, other) != (1, 3), home=True) for one, other in combinations([1, 2, 3], 2)
    ]
    days = {key: date(2031, 5, 1) + timedelta(12 * key) for key in (1, 2, 3)}
    assert stories_of(weekly, days) == stories_of(weekly[::-1], days) == []
    at_once = dict.fromkeys(days, date(2031, 5, 1))
    assert stories_of(weekly, at_once) == [[1, 2]]
    whole = [Edge(edge.one, edge.other, 0.98, home=True) for edge in weekly]
    assert stories_of(whole, days) == [[1, 2, 3]], "the whole text again is the same text"
    abroad = [Edge(edge.one, edge.other, 0.7) for edge in weekly]
    assert stories_of(abroad, days) == [[1, 2, 3]]
