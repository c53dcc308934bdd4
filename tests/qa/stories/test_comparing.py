from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qa.stories import Kinship, differences, kinship, overlap, readable, words_of
from qa.stories.differing import Change

PIER = (
    "Harbour commissioner Orla Venning told the council on Monday that the pier would be rebuilt by the spring of "
    "2027. Engineers had asked for two years. The work is to begin as soon as the last ferry of the season has left, "
    "and the shops at the foot of the pier may stay open while it goes on."
)
MARKET = (
    "Shares in Ostrel {moved} on {day} as traders weighed the figures from {firm}. The main index closed at {close}, "
    "{moved} {by} per cent from the day before. Turnover came to {turnover} million crowns, the exchange said, and the "
    "crown stood at {crown} against the thaler in late trading."
)
TEXTS = st.lists(
    st.sampled_from(
        ["the", "pier", "was", "rebuilt", "in", "spring", "and", "no", "ferry", "left", "Ostrel", "on", "Monday"]
    ),
    max_size=80,
)


def of(one: str, other: str, *, one_outlet: bool = False) -> Kinship:
    return kinship(overlap(words_of(one), words_of(other)), one_outlet=one_outlet)


def test_the_same_words_are_the_same_text_whatever_their_case_and_punctuation() -> None:
    assert of(PIER, PIER.upper().replace(".", " –")) is Kinship.SAME


def test_a_dateline_a_tag_and_a_cut_make_an_edited_copy() -> None:
    assert of(PIER, f"TARNMOUTH (WNA) — {PIER[:200]} (Agencies)") is Kinship.EDITED


def test_texts_that_share_a_quotation_are_no_copies() -> None:
    other = (
        "Nothing was decided in Ostrel, where the mayor quoted Orla Venning: “the pier would be rebuilt by the spring "
        "of 2027”. He doubted it, and asked for a vote of all who live by the water."
    )
    assert of(PIER, other) is Kinship.NONE


def test_columns_that_share_a_frame_and_no_figures_are_no_copies() -> None:
    monday = {"moved": "rose", "day": "Monday", "firm": "Ulmno Works", "close": "14,339", "by": "1.2"}
    friday = {"moved": "fell", "day": "Friday", "firm": "Rasda Mills", "close": "14,101", "by": "0.8"}
    one = MARKET.format(**monday, turnover=720, crown=50)
    other = MARKET.format(**friday, turnover=226, crown=49)
    assert overlap(words_of(one), words_of(other)).of_shorter > 0.5
    assert of(one, other) is Kinship.NONE


def test_a_text_of_a_few_words_is_nobodys_copy() -> None:
    assert of("The pier is closed.", "The pier is closed.") is Kinship.NONE


def test_one_outlets_texts_must_share_more() -> None:
    half = PIER[: len(PIER) // 2 + 20]
    one = f"{half} Snow fell in the hills all day and the plough of the village had to be dug out twice by its driver."
    other = (
        f"{half} Ducks were seen on the weir at dawn, as many as last year, by eleven members of the local bird club."
    )
    assert of(one, other) is Kinship.EDITED
    assert of(one, other, one_outlet=True) is Kinship.PART


@given(TEXTS, TEXTS)
def test_an_overlap_is_as_long_from_either_side(one: list[str], other: list[str]) -> None:
    there = overlap(words_of(" ".join(one)), words_of(" ".join(other)))
    back = overlap(words_of(" ".join(other)), words_of(" ".join(one)))
    assert there.shared <= min(there.one, there.other)
    assert (there.shared > 0) == (back.shared > 0)


@given(TEXTS, TEXTS)
def test_the_stretches_of_each_side_are_its_text(one: list[str], other: list[str]) -> None:
    left, right = ", ".join(one), " “" + "” – ".join(other)
    found = differences(left, right)
    added = "".join(each.span.of(right) for each in found if each.change is not Change.REMOVED)
    removed = "".join(each.span.of(left) for each in found if each.change is Change.REMOVED)
    assert added == (right if other else "")
    assert len(removed) <= len(left)
    if not other:
        assert removed == left


def test_a_difference_is_told_word_by_word() -> None:
    one, other = "The pier will open on Monday.", "The old pier will open on Friday."
    sides = {Change.REMOVED: one, Change.SAME: other, Change.ADDED: other}
    assert [(each.change.value, each.span.of(sides[each.change])) for each in differences(one, other)] == [
        ("same", "The "),
        ("added", "old "),
        ("same", "pier will open on "),
        ("removed", "Monday."),
        ("added", "Friday."),
    ]


def test_what_differs_reads_on_where_one_text_ends_and_the_other_does_not() -> None:
    short, long = "The pier is shut.", "The pier is shut.\n\nNobody knows why."
    assert [(change.value, words) for change, words in readable(long, short)] == [
        ("same", "The pier is shut."),
        ("same", "\n\n"),
        ("removed", "Nobody knows why."),
    ]


def own(word: str, number: int) -> str:
    return " ".join(f"{word}{n} was seen by {word}{n}s near the {word}{n + 1} mill." for n in range(number))


def test_a_tail_that_two_texts_share_below_heads_of_their_own_makes_no_copies() -> None:
    tail = own("ferry", 60)
    one, other = f"{own('duck', 14)} {tail}", f"{own('snow', 14)} {tail}"
    assert overlap(words_of(one), words_of(other)).of_shorter > 0.75
    assert of(one, other) is Kinship.NONE
    assert of(one, other, one_outlet=True) is Kinship.PART
    assert of(tail, other) is Kinship.EDITED, "one of the heads stands in the other text"
