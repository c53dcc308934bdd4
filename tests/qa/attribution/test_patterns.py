from __future__ import annotations

from tests.qa.attribution.said import said, who


def test_a_clause_after_the_cue() -> None:
    assert said("Ilse Varn said that the ferry was late.") == [("Ilse Varn", "said", "that the ferry was late")]


def test_when_and_to_whom_stand_outside_the_content() -> None:
    assert said("Ilse Varn told the committee on Monday that it was late.") == [
        ("Ilse Varn", "told", "that it was late")
    ]
    assert said("Ilse Varn said in a statement on Monday the ferry was late.") == [
        ("Ilse Varn", "said", "the ferry was late")
    ]


def test_a_quotation_before_its_speaker_and_after_the_verb() -> None:
    assert said("“Nobody asked us,” said Wilma Oduya, a baker from Sandle Point.") == [
        ("Wilma Oduya", "said", "“Nobody asked us,”")
    ]


def test_a_question_stays_with_who_asked_it() -> None:
    assert said("“Why now?” Wilma Oduya asked.") == [("Wilma Oduya", "asked", "“Why now?”")]


def test_a_quotation_that_the_cue_interrupts_is_one_statement() -> None:
    assert said("“I have,” Ilse Varn said, “and I did not.”") == [("Ilse Varn", "said", "“I have,” … “and I did not.”")]


def test_a_clause_that_the_cue_interrupts_is_one_statement() -> None:
    assert said("The talks, Ilse Varn said, were “slow work.”") == [
        ("Ilse Varn", "said", "The talks … were “slow work.”")
    ]


def test_a_quotation_goes_on_in_the_next_sentence_of_the_paragraph() -> None:
    text = "“It sinks,” said Petra Reck. “In three years it is gone.”\n\n“Nobody knows.”"
    assert said(text) == [("Petra Reck", "said", "“It sinks,” … “In three years it is gone.”")]


def test_a_colon_announces_the_paragraph_below() -> None:
    assert said("Ilse Varn replied:\n\n“Show me the money.”") == [("Ilse Varn", "replied", "“Show me the money.”")]


def test_according_to_stands_before_and_after() -> None:
    assert said("According to the Bird Trust, the weir was the reason.") == [
        ("Bird Trust", "According to", "the weir was the reason")
    ]
    assert said("School buses will run, according to Ostrel Lines.") == [
        ("Ostrel Lines", "according to", "School buses will run")
    ]


def test_a_participle_has_the_subject_of_its_sentence() -> None:
    text = "Aurelio Stanes praised the staff, calling them “the only part on time,” and said the region would pay."
    assert said(text) == [
        ("Aurelio Stanes", "praised", "the staff"),
        ("Aurelio Stanes", "calling", "them “the only part on time,”"),
        ("Aurelio Stanes", "said", "the region would pay"),
    ]


def test_calling_somebody_by_telephone_is_no_statement() -> None:
    assert said("Mercy Aldous called the fire brigade.") == []


def test_a_name_inside_the_content_is_never_the_speaker() -> None:
    text = "Donald Trump said he would hold a call with French President Emmanuel Macron and Keir Starmer."
    assert who(text) == ["Donald Trump"]


def test_words_inside_a_quotation_make_no_statement() -> None:
    assert len(said("“He said that she told us and they wrote it,” Ilse Varn said.")) == 1


def test_straight_and_doubled_quotation_marks_do_as_well() -> None:
    assert said('"We sleep here," said Ilse Varn. "Always," she added, "here."') == [
        ("Ilse Varn", "said", '"We sleep here,"'),
        ("Ilse Varn", "added", '"Always," … "here."'),
    ]
    assert said("''We don't sleep,'' said Ilse Varn. ''Never.''") == [
        ("Ilse Varn", "said", "''We don't sleep,'' … ''Never.''")
    ]


def test_an_afterthought_of_the_paper_is_not_content() -> None:
    text = "Ilse Varn has repeatedly said the ferry must go, a stance Petra Reck rejects."
    assert said(text)[0] == ("Ilse Varn", "has repeatedly said", "the ferry must go")
