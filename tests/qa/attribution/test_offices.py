"""An office is known in other words, and no other is taken for it."""

from __future__ import annotations

import pytest

from qa.attribution.introducing import holders
from qa.attribution.offices import office_asked


@pytest.mark.parametrize(
    ("question", "role"),
    [
        ("Who is the Kremlin spokesman?", "Kremlin spokeswoman"),
        ("whos the kremlin spokesperson", "a spokesman for the Kremlin"),
        ("Who is the NATO chief?", "NATO Secretary-General"),
        ("who's the head of nato", "secretary general of NATO"),
        ("Who is the Polish president?", "President of Poland"),
        ("Who is the president of South Korea?", "South Korean President"),
        ("Who is NPR's CEO?", "chief executive officer of NPR"),
        ("who is the ceo of Zentrale", "founder and CEO of Zentrale"),
        ("who is the chief executive of Zentrale", "Zentrale’s chairman and chief executive"),
        (
            "Who is the director general of the National Harbour Agency?",
            "director-general of the National Harbour Agency",
        ),
        ("Who is the police chief of Ellery?", "Ellery Police Chief"),
        ("Who is the chief of police in Ellery?", "the police chief of Ellery"),
        ("who is the superintendent of harrow schools", "superintendent of Harrow’s schools"),
        ("Who is the deputy mayor of Harrow?", "Harrow’s deputy mayor"),
        ("Who was the mayor of Harrow?", "former mayor of Harrow"),
        ("Who is the former mayor of Harrow?", "ex-mayor of Harrow"),
        ("Who is the editor of the Harrow Courier?", "editor-in-chief of the Harrow Courier"),
        ("Who is the finance minister of Sweden?", "Sweden’s finance minister"),
        ("Who is the finance minister of Sweden?", "Swedish minister for finance"),
        ("Who is the minister for trade and industry?", "minister for trade and industry"),
        ("Who is the co-director of the Centre for Fusion Studies?", "co-director of the Centre for Fusion Studies"),
        ("Who is the director emeritus of the centre?", "study author and director emeritus of the centre"),
        ("Who is the coach of Ellery Rowing?", "who is head coach of Ellery Rowing"),
        ("Who is the mayor of Harrow?", "mayor of the port town of Harrow"),
        ("Who is the mayor of Harrow since 2020?", "who has been mayor of Harrow since 2020"),
        ("Who was the mayor of Harrow?", "mayor of Harrow until 2020"),
        ("Who is the president of Poland?", "president of the Republic of Poland"),
        ("Who is the head of communications of Zentrale?", "Zentrale head of communications"),
        ("Who is the tourism director of Harrow?", "Harrow’s director of tourism"),
        ("Who is the Norland ambassador to Ostmark?", "ambassador of Norland to Ostmark"),
        ("Who is the head of the water office?", "who heads the water office"),
        ("Wer ist der Bürgermeister von Harrow?", "mayor of Harrow"),
        ("wer ist derzeit die Direktorin des Museums", "the museum’s director"),
        ("Wer war Trainer von Harrow?", "former Harrow coach"),
        ("Who is the mayor of Harrow?", "der Bürgermeister von Harrow"),
    ],
)
def test_an_office_is_known_in_other_words(question: str, role: str) -> None:
    asked = office_asked(question)
    assert asked is not None
    assert asked.is_told_by(role)


@pytest.mark.parametrize(
    ("question", "role"),
    [
        ("Who is the Polish president?", "Finnish President"),
        ("Who is the mayor of Harrow?", "Harrow’s deputy mayor"),
        ("Who is the deputy mayor of Harrow?", "mayor of Harrow"),
        ("Who is the mayor of Harrow?", "former mayor of Harrow"),
        ("Who is the mayor of Harrow?", "then-mayor of Harrow"),
        ("Who is the president of Poland?", "president-elect of Poland"),
        ("Who is the mayor of Harrow?", "who was mayor of Harrow"),
        ("Who is the mayor of Harrow?", "Mayor"),
        ("Who is the CFO of Zentrale?", "Zentrale CEO"),
        ("Who is the CEO of Zentrale?", "head of Zentrale"),
        ("Who is the director of the institute?", "the institute’s research director"),
        ("Who is the fire chief of Ellery?", "Ellery Police Chief"),
        ("Who is the chief of Ellery?", "Ellery Police Chief"),
        ("Who is the director of the bakery?", "a director of the bakery"),
        ("Who is the president of Sandle Bank?", "vice president of Sandle Bank"),
        ("Who is the finance minister of Sweden?", "Sweden’s foreign minister"),
        ("Who is the former director of the museum?", "the museum’s director"),
        ("Who is the secretary of state of Harrow?", "secretary of education and head of the State Board in Harrow"),
        ("Who is the police chief of Ellery?", "with the chief of police of Ellery"),
        ("Who is the director of the institute?", "director emeritus of the institute"),
        ("Who is the mayor of Harrow?", "mayor of East Harrow"),
        ("Who is the mayor of Harrow?", "mayor of Harrow until 2020"),
        ("Who is the mayor of Harrow?", "the mayor of Harrow from 2012 to 2020"),
        ("Who is the mayor of Harrow?", "mayor of Harrow in the 1990s"),
        ("Who is the mayor of Harrow?", "who had been mayor of Harrow"),
        ("Who is the mayor of Harrow?", "the mayor of Harrow’s wife"),
        ("Who is the president of Poland?", "president of the Polish Football Association"),
        ("Who is the director of the Harrow Hospital?", "director of the Harrow Hospital’s foundation"),
        ("Who is the director of Harrow?", "Harrow’s director of tourism"),
        ("Wer ist der Bürgermeister von Harrow?", "deputy mayor of Harrow"),
        ("Who is the head of Zentrale?", "Zentrale head of communications"),
        ("Who is the head of Zentrale?", "head of the Ellery branch of Zentrale"),
        ("Who is the Norland ambassador to Ostmark?", "the Ostmark ambassador to Norland"),
    ],
)
def test_another_office_is_not_taken_for_it(question: str, role: str) -> None:
    asked = office_asked(question)
    assert asked is not None
    assert not asked.is_told_by(role)


@pytest.mark.parametrize(
    "question",
    [
        "Who is the mayor?",
        "Who is Ilse Varnholt?",
        "Who chairs the board?",
        "Who is she?",
        "Why?",
        "who is",
        "Who was the mayor of Harrow until 2020?",
        "Who was the mayor of Harrow in 2019?",
    ],
)
def test_what_asks_for_no_office_of_anything_is_none(question: str) -> None:
    assert office_asked(question) is None


def test_what_an_office_is_of_may_be_named_in_full_elsewhere_in_the_article() -> None:
    asked = office_asked("Who is the director of the Fennick hospital?")
    assert asked is not None
    assert asked.is_told_by("the hospital’s director", "The hospital in Fennick opened. Fennick hospital is late.")
    assert not asked.is_told_by("the hospital’s director", "The hospital opened. Fennick has a mayor.")
    other = office_asked("Who is the mayor of East Harrow?")
    assert other is not None
    assert not other.is_told_by("mayor of Harrow", "The mayor of Harrow went to East Harrow."), "Harrow is whole"
    festival = office_asked("Who is the director of the Harrow Festival?")
    assert festival is not None
    assert not festival.is_told_by("Harrow’s director of planning", "The Harrow Festival is late.")


@pytest.mark.parametrize(
    ("question", "text", "had"),
    [
        ("Who is the director of Zentrale?", "Assistant director of Zentrale Jim Bolt said so.", False),
        ("Who is the director of Zentrale?", "The finance director of Zentrale Jim Bolt said so.", False),
        ("Who is the director of Zentrale?", "The director of Zentrale Jim Bolt said so.", True),
        ("Who is the president of Poland?", "The ousted Polish President Jim Bolt spoke.", False),
        ("Who is the former president of Poland?", "The ousted Polish President Jim Bolt spoke.", True),
        ("Who is the president of Poland?", "On Monday Polish President Jim Bolt spoke.", True),
        ("Who is the prime minister of Poland?", "Acting prime minister of Poland Jim Bolt spoke.", False),
        ("Who is the acting prime minister of Poland?", "Acting prime minister of Poland Jim Bolt spoke.", True),
        ("Who is the director of Zentrale?", "Zentrale closed a mill. Its director, Jim Bolt, said so.", True),
        ("Who is the director of Zentrale?", "Zentrale and its director, Jim Bolt, fell out.", True),
        (
            "Who is the director of Zentrale?",
            "Zentrale closed a mill. Ostrel Lines and its director, Jim Bolt, left.",
            False,
        ),
        ("Who is the chair of the staff council?", "The staff council said no. Its chair, Jim Bolt, spoke.", True),
        ("Who is the chair of the town council?", "The staff council said no. Its chair, Jim Bolt, spoke.", False),
        ("Who is the mayor of Brackwater?", "Mayor of Brackwater Gero Plimsoll said so.", True),
    ],
)
def test_how_an_office_is_held_and_of_what_may_stand_before_the_role(question: str, text: str, had: bool) -> None:
    asked = office_asked(question)
    assert asked is not None
    assert any(one.once == asked.once for one in holders(text, asked)) is had


@pytest.mark.parametrize(
    ("behind", "once"),
    [
        (" spoke.", False),
        (" was replaced by Ada Venn.", True),
        (", resigned on Monday.", True),
        (" has quietly stepped down.", True),
        (", ousted by the council, left.", True),
        (" said the ferry was removed.", False),
        (" fired the harbour chief.", False),
        (", dismissed the claim.", False),
        (" has quickly removed the statue.", False),
    ],
)
def test_whoever_leaves_an_office_behind_the_name_had_it(behind: str, once: bool) -> None:
    asked = office_asked("Who is the mayor of Brackwater?")
    assert asked is not None
    assert [one.once for one in holders(f"The mayor of Brackwater, Gero Plimsoll{behind}", asked)] == [once]


def test_a_place_that_an_office_is_of_is_no_part_of_the_name() -> None:
    asked = office_asked("Who is the mayor of Brackwater?")
    assert asked is not None
    for text, name in (
        ("Mayor of Brackwater Gero Plimsoll said so.", "Gero Plimsoll"),
        ("The mayor of Brackwater Gero T. Plimsoll said so.", "Gero T. Plimsoll"),
    ):
        assert [one.name for one in holders(text, asked)] == [name]


@pytest.mark.parametrize(
    ("question", "text", "named"),
    [
        ("Who is the deputy mayor of Harrow?", "Mayor Ilse Varn spoke.", False),
        ("Who is the deputy mayor of Harrow?", "Its deputy mayor spoke.", True),
        ("Who is the CFO of Zentrale?", "Zentrale’s chief executive, Ana Pell, left.", False),
        ("Who is the CFO of Zentrale?", "Its chief financial officer left.", True),
        ("Who is the former CEO of Zentrale?", "Zentrale’s chief executive, Ana Pell, left.", False),
        ("Who is the former CEO of Zentrale?", "Ana Pell, once its CEO, met her ousted colleague.", True),
        ("Who is the secretary of state of Delaware?", "Education Secretary Ana Pell came to Delaware.", False),
        ("Who is the secretary of state of Delaware?", "The secretary of state came.", True),
        ("Who is the head of NATO?", "NATO’s secretary-general spoke.", True),
        ("Who is the head of NATO?", "The headline was about NATO.", False),
        ("Who is the finance minister of Sweden?", "Ministers of Sweden met.", False),
        ("Who is the mayor of Harrow?", "Pell built it when he was the mayor of Harrow, he said.", False),
        ("Who is the mayor of Harrow?", "Besides a writer, Pell has been Harrow’s mayor.", False),
        ("Who is the mayor of Harrow?", "Pell has been Harrow’s mayor since May.", True),
        ("Who was the mayor of Harrow?", "Pell built it when he was the mayor of Harrow.", True),
    ],
)
def test_a_text_that_never_names_an_office_cannot_say_who_has_it(question: str, text: str, named: bool) -> None:
    asked = office_asked(question)
    assert asked is not None
    assert asked.is_named_in(text) is named


@pytest.mark.parametrize(
    ("question", "role", "anothers"),
    [
        ("Who is the president of Norland?", "Ostmark’s president", True),
        ("Who is the president of Norland?", "President", False),
        ("Who is the president of Norland?", "Norland’s president", False),
        ("Who is the president of Norland?", "the lawyer", False),
        ("Who is the head of Velmar?", "head of communications at Velmar", True),
        ("Who is the director of the museum?", "the museum’s deputy director", True),
        ("Who is the president of Norland?", "former President", True),
        ("Who is the former CEO of Velmar?", "Velmar CEO", True),
        ("Who was the CEO of Velmar?", "former Velmar CEO", False),
    ],
)
def test_whoever_has_the_office_of_something_else_does_not_have_it(question: str, role: str, anothers: bool) -> None:
    asked = office_asked(question)
    assert asked is not None
    assert asked.is_anothers(role) is anothers
