from __future__ import annotations

from qa.attribution import RuleAttributor
from qa.attribution.people import find_people
from qa.types import Resolution
from tests.newsprint import article
from tests.qa.attribution.said import who
from tests.qa.attribution.test_rules import sample

MERZ = "German Chancellor Friedrich Merz said it was good.\n\n"


def test_a_surname_finds_its_full_name() -> None:
    assert who(MERZ + "Merz added that it would last.") == ["Friedrich Merz", "Friedrich Merz"]


def test_a_title_finds_the_one_who_has_it() -> None:
    assert who(MERZ + "The chancellor warned that it was late.")[-1] == "Friedrich Merz"


def test_a_title_that_two_people_have_stays_open() -> None:
    text = "U.S. President Donald Trump met French President Emmanuel Macron. The president said it was good."
    assert who(text) == ["[The president]"]


def test_a_pronoun_follows_the_last_speaker_and_the_gender() -> None:
    text = "Mr. Tomas Reck met Mrs. Ilse Varn at noon. He said it was good. She said it was late."
    assert who(text) == ["Tomas Reck", "Ilse Varn"]


def test_two_people_with_one_surname_stay_two() -> None:
    text = "Petra Reck said the harbour sinks. Tomas Reck said it does not.\n\nReck added that it was late."
    assert who(text) == ["Petra Reck", "Tomas Reck", "[Reck]"]


def test_a_form_of_address_tells_spouses_apart() -> None:
    text = "Bill Clinton met Hillary Clinton. Mrs. Clinton said it was good. Mr. Clinton said it was late."
    assert who(text) == ["Hillary Clinton", "Bill Clinton"]


def test_a_bare_surname_keeps_the_meaning_that_it_had_first() -> None:
    text = "Donald Trump was there. Trump left early. Ivanka Trump stayed. Trump said it was late."
    assert who(text) == ["Donald Trump"]


def test_aides_are_not_whom_they_work_for() -> None:
    text = "Senate leader Mitch McConnell met them. McConnell aides said it was late."
    assert who(text) == ["[McConnell aides]"]


def test_a_spokesman_is_named_by_his_apposition() -> None:
    assert who("The port’s director, Bertrand Ilves, said he was heartbroken.") == ["Bertrand Ilves"]


def test_the_company_is_the_organisation_that_spoke_last() -> None:
    assert who("Tamble Crossings said it was late. The company added that it was sorry.") == ["Tamble Crossings"] * 2


def test_officials_speak_for_their_country_and_one_official_for_nobody() -> None:
    assert who("U.S. officials said it was late. One official said it was good.") == [
        "U.S. officials",
        "[One official]",
    ]


def test_a_role_is_what_the_article_calls_somebody() -> None:
    [statement] = RuleAttributor().attribute(article("Kremlin spokesman Dmitry Peskov said Moscow was waiting."))
    assert statement.speaker is not None
    assert (statement.speaker.name, statement.speaker.role) == ("Dmitry Peskov", "Kremlin spokesman")


def test_people_are_told_from_places_by_what_stands_beside_them() -> None:
    people = {person.name: person for person in find_people("Mayor Ilse Varn lives in Port Ellery near Helio Ostrel.")}
    assert people["Ilse Varn"].human
    assert not people["Port Ellery"].human
    assert people["Ilse Varn"].role == "Mayor"


def test_a_name_that_has_an_owner_in_it_is_whole() -> None:
    assert who("“It is late”, said Harper’s Bazaar. McDonald’s USA said no.") == ["Harper’s Bazaar", "McDonald’s USA"]


def test_a_saint_in_a_name_does_not_begin_it() -> None:
    assert who("Judge Odalyn St. Jude Varn said no. Varn said so.") == ["Odalyn St. Jude Varn", "Odalyn St. Jude Varn"]


def test_a_possessive_is_no_part_of_a_name() -> None:
    people = find_people("Trump’s envoy Steve Witkoff and Tomas Reck’s boat")
    assert [person.name for person in people if not person.bare] == ["Steve Witkoff", "Tomas Reck"]


def test_the_speakers_of_the_berlin_talks_are_who_they_are() -> None:
    names = ("merz.md", "phone-call.txt", "security-guarantees.md", "territory.md")
    speakers = [
        statement.speaker
        for name in names
        for statement in RuleAttributor().attribute(sample(f"berlin-talks-{name}"))
        if statement.speaker
    ]
    told = {(speaker.mention, speaker.name, speaker.resolution) for speaker in speakers}
    assert {
        ("He", "Friedrich Merz", Resolution.PRONOUN),
        ("Merz", "Friedrich Merz", Resolution.NAMED),
        ("The chancellor", "Friedrich Merz", Resolution.TITLE),
        ("he", "Volodymyr Zelensky", Resolution.PRONOUN),
        ("Zelensky", "Volodymyr Zelensky", Resolution.NAMED),
        ("U.S. President Donald Trump", "Donald Trump", Resolution.NAMED),
        ("Kremlin spokesman Dmitry Peskov", "Dmitry Peskov", Resolution.NAMED),
        ("U.S. officials", "U.S. officials", Resolution.ORGANISATION),
        ("They", "U.S. officials", Resolution.PRONOUN),
        ("Russia", "Russia", Resolution.ORGANISATION),
        ("an official briefed on the talks", None, Resolution.UNRESOLVED),
    } <= told
    assert {speaker.role for speaker in speakers if speaker.name == "Dmitry Peskov"} == {"Kremlin spokesman"}
