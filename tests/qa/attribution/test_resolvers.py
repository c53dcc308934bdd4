"""Each small resolver alone: what it takes, whom it says is meant, and what it leaves to the others."""

from __future__ import annotations

import pytest

from qa.attribution.masking import find_quotations, mask_quotations
from qa.attribution.phrases import Phrase, read_phrase
from qa.attribution.resolvers import (
    RESOLVERS,
    Resolve,
    a_paper,
    an_organisation,
    nothing,
    one_of_two,
    somebody_named,
    somebody_unknown,
    the_holder,
    the_last_body,
    the_one_before,
    the_quoted,
    the_salient,
    two_of_them,
)
from qa.attribution.scene import NOBODY, Scene, Who
from qa.types import Resolution, Span

TEXT = (
    "Mayor Ilse Varn met Tomas Reck and Wilma Oduya of the Harbour Trust. The auditor was late.\n\n"
    "“I was late,” Reck told the board. She said that Petra Holt, who has a boat, and Amos Holt knew Quill Odwar, "
    "as The Ferry Pilot had it."
)


def scene(text: str = TEXT) -> Scene:
    return Scene(text, mask_quotations(text, find_quotations(text)))


def phrase(words: str, text: str = TEXT) -> Phrase:
    return read_phrase(words, text.rindex(words))


def named(who: Who | None) -> tuple[str | None, Resolution] | None:
    return (who.person.name if who.person else who.name, who.how) if who else None


@pytest.mark.parametrize(
    ("resolve", "taken", "left"),
    [
        (the_salient, "She", "who"),
        (the_one_before, "who", "She"),
        (the_quoted, "I", "She"),
        (the_last_body, "it", "She"),
        (nothing, ",", "She"),
        (a_paper, "The Ferry Pilot", "The auditor"),
        (two_of_them, "Tomas Reck and Wilma Oduya", "Tomas Reck"),
        (somebody_named, "Tomas Reck", "The auditor"),
        (the_holder, "The auditor", "Tomas Reck"),
        (one_of_two, "Holt", "Tomas Reck"),
        (somebody_unknown, "Quill Odwar", "the board"),
        (an_organisation, "Harbour Trust", "the board"),
    ],
)
def test_a_resolver_takes_its_own_kind_and_leaves_the_others(resolve: Resolve, taken: str, left: str) -> None:
    assert resolve in RESOLVERS
    here = scene()
    assert resolve(read_phrase(taken, len(TEXT)), here) is not None
    assert resolve(read_phrase(left, len(TEXT)), here) is None


def test_a_resolver_changes_nothing() -> None:
    here = scene()
    before = [(person.name, person.shown, person.roles) for person in here.people], here.last
    positions = [list(one) for one in here.people.positions]
    for resolve in RESOLVERS:
        for words in ("She", "who", "I", "it", "Holt", "Mr. Reck and Mr. Holt", "the mayor", "Quill Odwar"):
            resolve(read_phrase(words, len(TEXT)), here)
    assert before == ([(person.name, person.shown, person.roles) for person in here.people], here.last)
    assert positions == here.people.positions


def test_the_salient_is_whoever_stands_out_and_fits() -> None:
    assert named(the_salient(phrase("She"), scene())) == ("Ilse Varn", Resolution.PRONOUN)
    assert the_salient(read_phrase("He", 0), scene()) == NOBODY


def test_the_one_before_is_the_noun_phrase_left_of_it() -> None:
    assert named(the_one_before(phrase("who"), scene())) == ("Petra Holt", Resolution.PRONOUN)
    text = "They asked the Harbour Trust, which said no."
    assert named(the_one_before(phrase("which", text), scene(text))) == ("Harbour Trust", Resolution.PRONOUN)
    assert the_one_before(read_phrase("who", 0), scene()) == NOBODY


def test_the_quoted_is_whoever_was_noted_beside_the_quotation() -> None:
    here = scene()
    inside = phrase("I")
    assert the_quoted(inside, here) == NOBODY
    reck = Span(TEXT.index("Reck told"), TEXT.index(" told the board"))
    read = read_phrase(reck.of(TEXT), reck.start)
    found = somebody_named(read, here)
    assert found is not None
    here.note(reck, read, found)
    assert named(the_quoted(inside, here)) == ("Tomas Reck", Resolution.PRONOUN)


def test_the_last_body_is_forgotten_once_somebody_else_speaks() -> None:
    here = scene()
    assert the_last_body(read_phrase("it", len(TEXT)), here) == NOBODY
    trust, reck = (Span(TEXT.index(one), TEXT.index(one) + len(one)) for one in ("Harbour Trust", "Tomas Reck"))
    here.note(trust, read_phrase("Harbour Trust", trust.start), Who(None, "Harbour Trust", Resolution.ORGANISATION))
    assert named(the_last_body(read_phrase("it", len(TEXT)), here)) == ("Harbour Trust", Resolution.PRONOUN)
    here.note(reck, read_phrase("Tomas Reck", reck.start), Who(here.people.people[1], None, Resolution.NAMED))
    assert the_last_body(read_phrase("it", len(TEXT)), here) == NOBODY


def test_two_are_nobody_but_a_body_with_and_in_its_name_is_left() -> None:
    assert two_of_them(phrase("Tomas Reck and Wilma Oduya"), scene()) == NOBODY
    assert two_of_them(read_phrase("the Department for Steel and Bridges", 0), scene()) is None
    body = "the Centre for Tide Control and Prevention"
    assert named(two_of_them(phrase(body, f"It rained, {body} said."), scene(f"It rained, {body} said."))) in (
        None,
        ("Centre for Tide Control and Prevention", Resolution.ORGANISATION),
    )


@pytest.mark.parametrize("words", ["Tomas Reck", "Mr. Reck", "the lawyer, Tomas Reck", "Tomas Reck of the Guild"])
def test_somebody_named_heads_the_phrase_or_is_its_apposition(words: str) -> None:
    assert named(somebody_named(read_phrase(words, len(TEXT)), scene())) == ("Tomas Reck", Resolution.NAMED)


@pytest.mark.parametrize(
    "words",
    [
        "Harbour Board of Lower Ostrel spokesman Tomas Reck",
        "Sandle Ferries president of boat operations Tomas Reck",
    ],
)
def test_a_preposition_within_a_title_does_not_govern_the_name(words: str) -> None:
    assert named(somebody_named(read_phrase(words, len(TEXT)), scene())) == ("Tomas Reck", Resolution.NAMED)


def test_an_outlet_is_the_paper_that_was_named_unless_somebody_is_called_so() -> None:
    before, behind = "It rained, said Harbourlight. ", "The broadcaster disagreed."
    for begins, name in ((before, "Harbourlight"), (f"{before}Broadcaster Ilse Varn left. ", None)):
        known = scene(begins + behind)
        known.organisations.spoke("Harbourlight", before.index("Harbour"))
        found = a_paper(phrase("The broadcaster", begins + behind), known)
        assert (found.name if found else None) == name


@pytest.mark.parametrize(
    "words",
    [
        "a spokesman for Ostrel attorney Tomas Reck",
        "a friend of mayor Tomas Reck",
        "the mother of Tomas Reck",
        "the lawyer for ousted Tomas Reck",
        "wife of jailed Tomas Reck",
    ],
)
def test_a_preposition_before_somebody_governs_the_name(words: str) -> None:
    assert somebody_named(read_phrase(words, len(TEXT)), scene()) is None


@pytest.mark.parametrize("words", ["Reck aides", "an aide to Tomas Reck", "the board"])
def test_somebody_who_does_not_head_the_phrase_is_not_named(words: str) -> None:
    assert somebody_named(read_phrase(words, len(TEXT)), scene()) is None


def test_the_holder_is_the_one_who_has_the_title_or_nobody() -> None:
    assert named(the_holder(read_phrase("the mayor", len(TEXT)), scene())) == ("Ilse Varn", Resolution.TITLE)
    assert the_holder(phrase("The auditor"), scene()) == NOBODY


def test_one_of_two_with_a_surname_is_nobody() -> None:
    assert one_of_two(read_phrase("Holt", len(TEXT)), scene()) == NOBODY
    assert one_of_two(read_phrase("Reck", len(TEXT)), scene()) is None


def test_somebody_unknown_has_the_name_that_the_phrase_gives() -> None:
    words = "Marga Thiel of Human Rights Watch"
    assert named(somebody_unknown(read_phrase(words, 0), scene())) == ("Marga Thiel", Resolution.NAMED)


def test_a_given_name_alone_is_somebodys_where_nobody_else_has_it() -> None:
    assert named(somebody_unknown(read_phrase("Mirabel", 0), scene())) == ("Mirabel", Resolution.NAMED)
    assert somebody_unknown(read_phrase("Georgia", 0), scene()) is None


@pytest.mark.parametrize(
    ("words", "name"),
    [("the board", None), ("the Harbour Trust", "Harbour Trust"), ("the Varn campaign", "Varn campaign")],
)
def test_an_organisation_has_its_own_name_or_its_owners(words: str, name: str | None) -> None:
    found = an_organisation(read_phrase(words, len(TEXT)), scene())
    assert (found and found.name) == name


def test_a_full_name_that_only_the_phrase_has_is_learnt_with_what_it_tells() -> None:
    text = "Auditor Reck was late. “It rained,” Tomas Reck said."
    here = scene("Auditor Reck was late. “It rained,” TOMAS RECK SAID.")
    read = read_phrase("Tomas Reck", text.index("Tomas"))
    found = somebody_named(read, here)
    assert found is not None
    person = here.note(Span(36, 46), read, found)
    assert person is not None
    assert (person.name, person.role, person.gender) == ("Tomas Reck", "Auditor", "m")
    assert [one.name for one in here.people.near(["Tomas"])] == ["Tomas Reck"]
