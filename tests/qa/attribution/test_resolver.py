from __future__ import annotations

import re
from itertools import permutations
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.attribution.masking import find_quotations, mask_quotations
from qa.attribution.speakers import speakers_of
from qa.types import Resolution, Span, Speaker


def speakers(text: str, *sources: Span) -> list[Speaker]:
    """Resolve sources, as they come."""
    found = speakers_of(text, mask_quotations(text, find_quotations(text)), sources)
    return [found[source] for source in sources]


def resolve(text: str, *sources: str) -> list[Speaker]:
    """Resolve each source where it next stands."""
    position, spans = 0, []
    for source in sources:
        start = text.index(source, position)
        position = start + len(source)
        spans.append(Span(start, position))
    return speakers(text, *spans)


def meant(text: str) -> list[str | None]:
    """Whom each "he" and "she" of a text means."""
    spans = (Span(*one.span()) for one in re.finditer(r"\b[Ss]?[Hh]e\b", text))
    return [speaker.name for speaker in speakers(text, *spans)]


def last(text: str, *sources: str) -> tuple[str | None, Resolution]:
    speaker = resolve(text, *sources)[-1]
    return speaker.name, speaker.resolution


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("Kremlin spokesman Dmitry Peskov", "Dmitry Peskov"),
        ("Mr. Peskov of the Kremlin", "Dmitry Peskov"),
        ("Peskov himself", "Dmitry Peskov"),
        ("Ms. Varn, a spokeswoman for the department, who", "Ilse Varn"),
        ("Mr. Reck’s campaign manager, Wilma Oduya", "Wilma Oduya"),
        ("the district’s lawyer, the Rev. Amos Holt Jr.,", "Amos Holt Jr"),
        ("Secretary of State Ilse Varn", "Ilse Varn"),
        ("Rep. Tomas Reck (D-Fla.)", "Tomas Reck"),
        ("One of the lawyers, Tomas Reck,", "Tomas Reck"),
    ],
)
def test_a_source_of_any_width_is_whoever_heads_it(source: str, name: str) -> None:
    known = "Dmitry Peskov met Ilse Varn, Tomas Reck, Wilma Oduya and Amos Holt Jr. in May.\n\n"
    assert last(f"{known}{source} said it was late.", source) == (name, Resolution.NAMED)


@pytest.mark.parametrize(
    "source",
    [
        "McConnell aides",
        "A spokesman for Mitch McConnell",
        "supporters of McConnell",
        "Mitch McConnell and Paul Ryan",
        "Neither McConnell nor Ryan",
        "many Republicans",
        "experts",
        "A new poll",
        "The New York Times report",
    ],
)
def test_whoever_is_only_named_in_a_phrase_does_not_speak(source: str) -> None:
    known = "Senate leader Mitch McConnell met House Speaker Paul Ryan. The Times and the Post reported it.\n\n"
    assert last(f"{known}{source} said it was late.", source) == (None, Resolution.UNRESOLVED)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("the German chancellor", "Friedrich Merz"),
        ("The chancellor", "Friedrich Merz"),
        ("the Ukrainian leader", "Volodymyr Zelensky"),
        ("the South Carolina senator", "Lindsey Graham"),
        ("the Republican nominee", "Donald Trump"),
        ("the president’s envoy", "Steve Witkoff"),
        ("the secretary-general", "Mark Rutte"),
    ],
)
def test_a_definite_title_is_whom_the_article_calls_so(title: str, name: str) -> None:
    known = (
        "German Chancellor Friedrich Merz met Ukrainian President Volodymyr Zelensky. Sen. Lindsey Graham (R-S.C.) and "
        "Sen. Rand Paul (R-Ky.) stayed with U.S. President Donald Trump, the Republican nominee. Trump’s special envoy "
        "Steve Witkoff was "
        "late, and so was NATO Secretary-General Mark Rutte.\n\n"
    )
    assert last(f"{known}On Monday {title} said it was late.", title) == (name, Resolution.TITLE)


@pytest.mark.parametrize("title", ["the senator", "the French president", "the foreign minister", "the Ohio senator"])
def test_a_title_of_two_or_of_nobody_stays_open(title: str) -> None:
    known = "U.S. President Donald Trump met Sen. Lindsey Graham (R-S.C.) and Sen. Rand Paul (R-Ky.) in May.\n\n"
    assert last(f"{known}On Monday {title} said it was late.", title)[0] is None


def test_a_former_holder_is_not_the_present_one() -> None:
    known = "President Joe Biden met former President Donald Trump. The two were late.\n\n"
    assert last(f"{known}“Late,” the president said.", "the president")[0] == "Joe Biden"
    assert last(f"{known}“Late,” the former president said.", "the former president")[0] == "Donald Trump"


def test_an_office_that_nobody_is_said_to_hold_is_nobodys() -> None:
    known = "Ukrainian Foreign Minister Dmytro Kuleba and the mayor, Ilse Varn, were late.\n\n"
    assert last(f"{known}So was the minister for digital transformation.", "the minister for digital")[0] is None
    assert last(f"{known}So was the mayor of Chicago.", "the mayor of Chicago")[0] is None
    assert last(f"{known}“Late,” the embattled mayor said.", "the embattled mayor")[0] == "Ilse Varn"


def test_an_epithet_takes_up_who_stands_out() -> None:
    text = "Ilse Varn was there. She spoke twice. “Late,” the 34-year-old mother of three said."
    assert last(text, "the 34-year-old mother of three") == ("Ilse Varn", Resolution.TITLE)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("The Kremlin", "Kremlin"),
        ("The White House", "White House"),
        ("U.S. officials", "U.S. officials"),
        ("Police", "Police"),
        ("Donald Trump’s campaign", "Trump campaign"),
        ("the fund", "International Monetary Fund"),
        ("The IMF", "International Monetary Fund"),
        ("the Saudi government", "Saudi government"),
    ],
)
def test_an_organisation_speaks_for_itself(source: str, name: str) -> None:
    known = "Donald Trump met the International Monetary Fund (IMF) in Washington.\n\n"
    assert last(f"{known}{source} said it was late.", source) == (name, Resolution.ORGANISATION)


def test_who_is_the_noun_phrase_left_of_it() -> None:
    text = "They met Ilse Varn, Robert Ilves and Tomas Reck, who said it was late."
    assert last(text, "who") == ("Tomas Reck", Resolution.PRONOUN)
    text = "They met John Bentel, a staffer at the State Department who said it was late."
    assert last(text, "who") == ("John Bentel", Resolution.PRONOUN)
    assert last("They met aides to Tomas Reck who said it was late.", "who")[0] is None
    text = "They asked the Chicago Police Department, which said it was late."
    assert last(text, "which") == ("Chicago Police Department", Resolution.PRONOUN)


def test_they_is_an_organisation_that_has_just_spoken_or_nobody() -> None:
    assert last("U.S. officials said it was late. They said it was good.", "U.S. officials", "They") == (
        "U.S. officials",
        Resolution.PRONOUN,
    )
    assert last("Two voters said it was late. They said it was good.", "Two voters", "They")[0] is None
    assert last("Tomas Reck said it was late. They said it was good.", "Tomas Reck", "They")[0] is None


def test_i_inside_a_quotation_is_whoever_is_quoted() -> None:
    text = "Tomas Reck said: “I told them that it was late.”\n\nI think that he was right."
    reck, inside, outside = (
        Span(text.index(one), text.index(one) + n) for one, n in (("T", 10), ("I to", 1), ("I th", 1))
    )
    assert [one.name for one in speakers(text, reck, inside, outside)] == ["Tomas Reck", "Tomas Reck", None]


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("Tomas Reck met Robert Ilves at noon.", "Tomas Reck"),
        ("Robert Ilves left. For Tomas Reck the day went on.", "Robert Ilves"),
        ("Robert Ilves was sad about Tomas Reck’s death.", "Robert Ilves"),
        ("Tomas Reck met Ilse Varn. She left.", "Tomas Reck"),
        ("While Robert Ilves waited, Tomas Reck left.", "Tomas Reck"),
    ],
)
def test_he_is_the_subject_that_stands_out(before: str, name: str) -> None:
    text = f"{before}\n\n“It was late,” he said."
    start = text.index("he said")
    assert speakers(text, Span(start, start + 2))[0].name == name


def test_he_may_be_somebody_who_has_no_name() -> None:
    text = "Tomas Reck was there.\n\nA nurse said that it was late. “It was,” he said."
    assert last(text, "A nurse", "he")[0] is None


def test_whoever_is_named_in_the_content_is_not_its_speaker() -> None:
    text = "Robert Ilves said it was late. Any claim by Tomas Reck, he said, is false."
    assert last(text, "Robert Ilves", "he") == ("Robert Ilves", Resolution.PRONOUN)


def test_who_is_meant_does_not_depend_on_the_order_in_which_sources_come() -> None:
    text = "Robert Ilves left. Tomas Reck stayed.\n\n“Late,” Ilves said. “Good,” he said. He said it was late."
    spans = [Span(*one.span()) for one in re.finditer(r"Ilves(?= said)|\b[Hh]e\b", text)]
    wanted = dict(zip(spans, speakers(text, *spans), strict=True))
    assert {one.name for one in wanted.values()} == {"Robert Ilves"}
    for order in permutations([*spans, spans[0]]):
        assert dict(zip(order, speakers(text, *order), strict=True)) == wanted


def test_an_empty_phrase_is_nobody() -> None:
    assert last("Reck spoke. ,", ",")[0] is None


def test_a_page_of_names_takes_no_time() -> None:
    names = [f"{first}{last.lower()} {last}{first.lower()}" for first in "BCDFGKLM" for last in "NPRSTVWZ"] * 8
    text = " ".join(f"Mayor {name}{number} said he was late." for number, name in enumerate(names))
    started = process_time()
    resolve(text, "he", "he")
    assert process_time() - started < 1


@given(st.text("Ab. ,“”’'Mr.Xé\n-()1", min_size=2, max_size=80), st.data())
def test_any_span_of_any_text_is_somebody_or_nobody(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    (speaker,) = speakers(text, span)
    assert speaker.mention == span.of(text)
    assert (speaker.name is None) == (speaker.resolution is Resolution.UNRESOLVED)


SHE_AND_HE = [
    ("Halima Darr", "she", "Piet Rensen", "he"),
    ("Ngozi Eze", "she", "Chidi Okoro", "he"),
    ("Wei Zhang", "he", "Mei Lin", "she"),
    ("Nguyen Thi Lan", "she", "Tran Van Duc", "he"),
]


@pytest.mark.parametrize(("first", "own", "second", "pronoun"), SHE_AND_HE)
def test_of_two_names_that_tell_no_gender_the_nearer_subject_is_meant(
    first: str, own: str, second: str, pronoun: str
) -> None:
    text = f"{first} said {own} was worried.\n\n{second} was more cautious. “I would wait,” {pronoun} told the board."
    assert last(text, first, own, pronoun) == (second, Resolution.PRONOUN)


def test_a_place_is_not_taken_up_by_a_pronoun() -> None:
    text = "Tomas Reck said the pier would hold. The Lower Harrow stayed closed. “I would wait,” he said."
    assert last(text, "Tomas Reck", "he") == ("Tomas Reck", Resolution.PRONOUN)


@pytest.mark.parametrize(
    "title", ["Cllr", "Det Insp", "Supt", "Supt.", "Fr", "Dame", "Shri", "Ing.", "Supervisor", "Sgt"]
)
def test_a_title_with_or_without_its_full_stop_is_no_part_of_a_name(title: str) -> None:
    text = f"{title} Audley Varn said that two men were held. “They were on the quay,” {title} Varn said."
    assert [speaker.name for speaker in resolve(text, f"{title} Audley Varn", f"{title} Varn")] == ["Audley Varn"] * 2


@pytest.mark.parametrize("letters", ["MP", "TD", "MEP", "QC", "OBE"])
def test_letters_behind_a_name_are_no_part_of_it(letters: str) -> None:
    text = f"Dara Hollis {letters} said it was late. Hollis also said that it rained."
    assert [speaker.name for speaker in resolve(text, f"Dara Hollis {letters}", "Hollis")] == ["Dara Hollis"] * 2


@pytest.mark.parametrize("role", ["the auditor", "the board’s glazier", "its archivist"])
def test_a_role_before_the_name_that_it_introduces_is_that_person(role: str) -> None:
    text = f"It rained. According to {role}, Piet Rensen, the contract was bad."
    assert last(text, role)[0] == "Piet Rensen"


def test_what_is_no_role_introduces_nobody() -> None:
    text = "It rained. According to the paper, Piet Rensen was late. Reck was not."
    assert last(text, "the paper")[0] is None


@pytest.mark.parametrize(
    ("source", "name"), [("Ms Pell", "Marian Pell"), ("she", "Marian Pell"), ("Pell", "Marian Pell")]
)
def test_of_two_with_one_surname_the_one_of_the_paragraph_is_meant(source: str, name: str) -> None:
    said = f"Marian Pell, who owns the yard, disagreed. “It is mine,” {source} said."
    text = f"Tomas Pell said he had warned them.\n\n{said}"
    assert last(text, "Tomas Pell", source)[0] == name


def test_a_word_that_is_capital_by_its_place_is_still_no_given_name() -> None:
    text = "Tomas Pell said that it rained.\n\nSix Pell aides left. “It is late,” Pell said."
    assert last(text, "Tomas Pell", "Pell said"[:4])[0] == "Tomas Pell"


def test_a_surname_that_is_an_office_is_a_surname_where_its_bearer_is_known() -> None:
    text = "Presenter Gail King met Bernice Stott. “What is it?” King asked Stott. The king was away."
    assert last(text, "Presenter Gail King", "King asked"[:4])[0] == "Gail King"
    assert last(text, "The king")[0] is None


def test_the_number_of_a_dateline_is_no_part_of_a_role() -> None:
    text = "HARROW, March 3 -- Harbour commissioner Orla Venn said it rained."
    (speaker,) = resolve(text, "Harbour commissioner Orla Venn")
    assert (speaker.name, speaker.role) == ("Orla Venn", "Harbour commissioner")


@pytest.mark.parametrize(
    "text",
    [
        "Tomas Reck left the bridge.\n\nHe said that Reck was late.",
        "Tomas Reck left the bridge.\n\nHe asked if Reck, now old, would know the man.",
    ],
)
def test_nobody_is_he_and_then_named(text: str) -> None:
    assert last(text, "He")[0] is None


@pytest.mark.parametrize(
    "text",
    [
        "Tomas Reck left the bridge.\n\nEven as he said so, Reck was late.",
        "Tomas Reck left the bridge.\n\nHe said it when Reck’s lawyer had left.",
        "Tomas Reck left the bridge.\n\nHe said it; Reck was late.",
    ],
)
def test_he_may_come_before_the_name_where_its_clause_depends_on_it_or_is_over(text: str) -> None:
    assert meant(text) == ["Tomas Reck"]


def test_a_title_is_not_whom_its_own_sentence_names_besides() -> None:
    text = "The Rev. Amos Holt was accused.\n\nAt a meeting the priest said that Holt had been warned."
    assert last(text, "the priest")[0] is None


@pytest.mark.parametrize(("pronoun", "name"), [("she", "Ada Voss"), ("he", None)])
def test_a_title_is_nobody_whom_a_pronoun_behind_it_cannot_mean(pronoun: str, name: str | None) -> None:
    text = f"Mayor Ada Voss was there.\n\nThe mayor says that is one way {pronoun} thinks of."
    assert last(text, "The mayor")[0] == name


def test_of_two_with_one_office_the_one_beside_is_meant() -> None:
    known = "President Ada Voss met President Tomas Reck. Voss and Voss and Voss spoke.\n\nIt rained.\n\n"
    text = f"{known}Reck stayed for the steel.\n\n“It is ours,” the president said."
    assert last(text, "the president")[0] == "Tomas Reck"


def test_a_minister_is_not_a_leader_but_a_leader_may_be_one() -> None:
    known = "The outgoing leader Ada Voss was late. UK Bridges Minister Sir Tomas Reck stayed.\n\n"
    assert last(f"{known}“Late,” the minister said.", "the minister")[0] == "Tomas Reck"
    (speaker,) = resolve(known, "UK Bridges Minister Sir Tomas Reck")
    assert (speaker.name, speaker.role) == ("Tomas Reck", "UK Bridges Minister")


@pytest.mark.parametrize("paper", ["The Ostrel Star", "The Leader", "The Advocate"])
def test_a_paper_with_a_title_for_a_name_is_nobody_who_holds_it(paper: str) -> None:
    text = f"Singer Ada Voss, a star and advocate, and party leader Tomas Reck came.\n\nIt rained, {paper} reported."
    assert last(text, paper)[0] not in {"Ada Voss", "Tomas Reck"}


def test_the_subject_of_a_dependent_clause_is_nobodys_role() -> None:
    text = "When the young reporter from Ostrel started asking, Reck was lost.\n\nTomas Reck said so."
    assert [one.role for one in resolve(text, "Tomas Reck")] == [None]


def test_somebody_without_a_name_who_acts_can_be_meant() -> None:
    text = "Ada Voss ran the county.\n\nIn 1993 a victim wrote a letter to the county. She said that it was late."
    assert last(text, "She")[0] is None


@pytest.mark.parametrize("verb", ["bought", "drew", "fought", "withdrew"])
def test_whoever_does_what_an_irregular_verb_says_is_the_subject(verb: str) -> None:
    said = "Fred Brink cleared the snow. “It is cold,” he said."
    text = f"{said}\n\nA few doors on, Miles Venn {verb} a shovel.\n\n“It is,” he said."
    assert meant(text) == ["Fred Brink", "Miles Venn"]


def test_whoever_fears_in_her_own_clause_is_a_woman() -> None:
    text = (
        "Auli Marr, who feared that she was late, won. Tomas Reck did not.\n\n“It is good,” he said. “It is,” she said."
    )
    assert meant(text)[1:] == ["Tomas Reck", "Auli Marr"]


def test_a_paragraph_ends_a_sentence_whatever_it_ends_in() -> None:
    text = "Dick Venn was there.\n\nHe asked for the same in the U.S.\n\nVenn stayed."
    assert meant(text) == ["Dick Venn"]


@pytest.mark.parametrize(
    ("source", "name", "role"),
    [
        ("Chief Medical Examiner Predrag Bule", "Predrag Bule", "Chief Medical Examiner"),
        ("Ostrel Department of Health Director Bruce Vander", "Bruce Vander", "Health Director"),
        ("Astrologer Cleo Marr", "Cleo Marr", "Astrologer"),
        ("Tarn Steel CFO Vaibhav Rao", "Vaibhav Rao", "Tarn Steel CFO"),
    ],
)
def test_the_office_of_a_body_is_no_part_of_a_name(source: str, name: str, role: str) -> None:
    (speaker,) = resolve(f"It rained. {source} said it was late.", source)
    assert (speaker.name, speaker.role) == (name, role)


def test_supporters_of_somebody_are_no_body_that_has_an_office() -> None:
    assert last("It rained. Supporters of President Ada Voss said so.", "Supporters of President Ada Voss")[0] is None


@pytest.mark.parametrize("source", ["Andrew", "Prince Andrew", "He"])
def test_a_royal_is_not_whoever_has_his_name_for_a_given_name(source: str) -> None:
    known = "Prince Andrew asked for time. “No,” his lawyer Andrew B. Brett wrote.\n\n"
    assert last(f"{known}{source} denied it, and Brett did not.", "Andrew B. Brett", source)[0] != "Andrew B. Brett"
    assert last(f"{known}{source} denied it.", "Prince Andrew")[0] == "Andrew"
