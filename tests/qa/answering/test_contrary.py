"""Who says otherwise: pairs are found where two people plainly contradict each other, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qa.answering import answer_from_opposed, find_of, opposed
from qa.citing import Find
from qa.types import Answer, Contrary, Question, QuestionKind, Speaker, Statement, StatementForm, StatementKind
from tests.newsprint import article, span_of

LEAD = "Mayor Ilse Varn denied that she had met the builder in private.\n\n"
CLAIM = "Lorcan Beam alleged that Varn had dined with the builder on Sunday."
FALSE = " She called the allegation “an invention by a bitter man.”"
TWO = (
    ("Varn", "denied", "that she had met the builder in private"),
    ("Beam", "alleged", "that Varn had dined with the b"),
)


def said(text: str, *parts: tuple[str, str, str], published: date = date(2026, 1, 12)) -> list[Find]:
    """Statements of an article: by whom, by which cue, what, each as its text has them, in its order."""
    printed = article(text, published=published)
    return [
        find_of(
            printed,
            Statement(
                printed.id,
                Speaker(who, None if who.startswith("The ") else who),
                (),
                (span_of(cue, printed),),
                (span_of(content, printed),),
                StatementForm.INDIRECT,
            ),
        )
        for who, cue, content in parts
    ]


def test_who_calls_a_claim_an_invention_denies_it_in_the_lead_too() -> None:
    finds = said(LEAD + CLAIM + FALSE, *TWO, ("Varn", "called", "the allegation “an invention by a bitter man.”"))
    found = opposed(finds, {})
    assert [one.how for one in found] == [Contrary.DENIAL] * 2
    answer = answer_from_opposed(Question("who says otherwise", QuestionKind.CONTRARY), found, 5)
    assert isinstance(answer, Answer)
    assert answer.citations[0].exact == "that Varn had dined with the b"
    assert [(one.claim, one.otherwise) for one in answer.pairs] == [(1, 2), (1, 3)]
    assert answer_from_opposed(answer.question, [], 5) is None


def test_the_accused_denies_the_accusation_beside_it() -> None:
    text = "Two women accused Tomas Reck of theft. Reck denied the allegations."
    [found] = opposed(
        said(text, ("Two women", "accused", "Tomas Reck of theft"), ("Reck", "denied", "the allegations")), {}
    )
    assert found.otherwise.span.of(found.otherwise.article.text) == "the allegations"


@pytest.mark.parametrize(
    ("text", "claim", "denial"),
    [
        # taken up in the same sentence
        ("Orla Venn claimed the mill was sold, which Reck denied.",
         ("Orla Venn", "claimed", "the mill was sold"), ("Reck", "denied", "which")),
        ("Orla Venn told Beam that Reck had sold the mill, a story that Reck denies.",
         ("Orla Venn", "told", "that Reck had sold the mill"), ("Reck", "denies", "a story")),
        # whoever speaks for the accused
        ("Orla Venn claimed that Reck stole it. It was a long day. Reck’s lawyers denied the allegations.",
         ("Orla Venn", "claimed", "that Reck stole it"), ("The Reck’s lawyers", "denied", "the allegations")),
        # the sentence before, where nobody is named alike
        ("Orla Venn accused the former keeper of theft. Beam denied the allegation.",
         ("Orla Venn", "accused", "the former keeper of theft"), ("Beam", "denied", "the allegation")),
        # the claim behind
        ("Reck denied selling the old mud mill. Orla Venn said that Reck had sold the old mud mill.",
         ("Orla Venn", "said", "that Reck had sold the old mud mill"), ("Reck", "denied", "selling the old mud mill")),
        # whose claim it is of, and what told it
        ("Orla Venn said the mill paid late. The day was long. The mill disputed Venn’s account.",
         ("Orla Venn", "said", "the mill paid late"), ("The mill", "disputed", "Venn’s account")),
        ("A report suggested that the mill leaked. Beam disputed the report.",
         ("A report", "suggested", "that the mill leaked"), ("Beam", "disputed", "the report")),
        ("Orla Venn added: “They fear him.” Beam denied those characterizations.",
         ("Orla Venn", "added", "“They fear him.”"), ("Beam", "denied", "those characterizations")),
        ("Orla Venn said it would cost €9 a year. He sailed on. Beam disputed that figure.",
         ("Orla Venn", "said", "it would cost €9 a year"), ("Beam", "disputed", "that figure")),
        # what a clause behind takes up, by somebody whom a word for the known means
        ("Orla Venn says the delay is the result of late pay, something the city denies.",
         ("Orla Venn", "says", "the delay is the result of late pay"), ("The city", "denies", "something")),
        # what somebody is said to have done
        ("Orla Venn said Beam hid the letters. Beam denied hiding anything that day.",
         ("Orla Venn", "said", "Beam hid the letters"), ("Beam", "denied", "hiding anything that day")),
        # of nobody who is named
        ("Orla Venn claims the keeper robbed her. She went to the police. Reck denied the allegations.",
         ("Orla Venn", "claims", "the keeper robbed her"), ("Reck", "denied", "the allegations")),
    ],
)  # fmt: skip
def test_a_denial_finds_the_claim_that_it_answers(
    text: str, claim: tuple[str, str, str], denial: tuple[str, str, str]
) -> None:
    [found] = opposed(said(text, claim, denial), {})
    assert (found.claim.span.of(text), found.otherwise.span.of(text)) == (claim[2], denial[2])


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        # the victim of what somebody else is accused of
        ("Orla Venn accused Beam of robbing Reck. Reck denied the allegations.",
         (("Orla Venn", "accused", "Beam of robbing Reck"), ("Reck", "denied", "the allegations"))),
        # a claim that is told of in another's words
        ("Orla Venn wrote that Beam was accused of theft by Reck – an allegation he denied.",
         (("Orla Venn", "wrote", "that Beam was accused of theft by Reck"), ("he", "denied", "an allegation"))),
        # what a court denies
        ("Orla Venn claimed the mill was sold, which the judge denied.",
         (("Orla Venn", "claimed", "the mill was sold"), ("The judge", "denied", "which"))),
        # what is not denied
        (LEAD.replace("denied", "did not deny") + CLAIM, (("Varn", "deny", TWO[0][2]), TWO[1])),
        # by the very person
        (LEAD + CLAIM, (("Beam", *TWO[0][1:]), TWO[1])),
        # a denial of something else: the claim is about nobody here
        (LEAD + CLAIM.replace("Varn", "Reck"), (TWO[0], ("Beam", "alleged", "that Reck had dined with the builder"))),
        # a request, which is no claim
        ("The court rejected his appeal. Beam said that the court was wrong.",
         (("The court", "rejected", "his appeal"), ("Beam", "said", "that the court was wrong"))),
        # something else that the accused denies
        (LEAD + CLAIM, TWO),
        # somebody who may be the very person
        ("The former mayor accused Reck of theft. Reck denied the allegations.",
         (("The former mayor", "accused", "Reck of theft"), ("Reck", "denied", "the allegations"))),
        # that something is not so, by who agrees with whoever says that it is
        ("Orla Venn said the old mud mill is safe. Beam disputed that the old mud mill is not safe.",
         (("Orla Venn", "said", "the old mud mill is safe"),
          ("Beam", "disputed", "that the old mud mill is not safe"))),
        # another's account, another's figure, and a figure where none was given
        ("Orla Venn said the mill paid late. The mill disputed Reck’s account.",
         (("Orla Venn", "said", "the mill paid late"), ("The mill", "disputed", "Reck’s account"))),
        ("Orla Venn said it would cost much. Beam disputed that figure.",
         (("Orla Venn", "said", "it would cost much"), ("Beam", "disputed", "that figure"))),
        # of what somebody else is said to have done
        ("Orla Venn said Reck hid the letters. Beam denied hiding anything that day.",
         (("Orla Venn", "said", "Reck hid the letters"), ("Beam", "denied", "hiding anything that day"))),
        # of somebody else who is named
        ("Orla Venn claims that Ada Dow robbed her. She went to the police. Reck denied the allegations.",
         (("Orla Venn", "claims", "that Ada Dow robbed her"), ("Reck", "denied", "the allegations"))),
        # not what stands right before the clause
        ("Orla Venn claimed that it rained and called herself a victim, which Reck denies.",
         (("Orla Venn", "claimed", "that it rained"), ("Orla Venn", "called", "herself a victim"),
          ("Reck", "denies", "which"))),
        # a page apart
        (LEAD + "The boats run.\n\nThe quay is dry.\n\n" + CLAIM, TWO),
    ],
)  # fmt: skip
def test_what_does_not_answer_a_claim_is_no_pair(text: str, parts: tuple[tuple[str, str, str], ...]) -> None:
    assert opposed(said(text, *parts), {}) == []


SAFE = "Reck said that the boats would be safe in the harbour."
NOT_SAFE = "Dow said that the boats would not be safe in the harbour."


def test_the_same_words_but_for_a_not_are_a_pair_within_a_week() -> None:
    safe = said(SAFE, ("Reck", "said", "that the boats would be safe in the harbour"))
    not_safe = said(
        NOT_SAFE, ("Dow", "said", "that the boats would not be safe in the harbour"), published=date(2026, 1, 15)
    )
    [found] = opposed([*not_safe, *safe], {})
    assert found.how is Contrary.NEGATION
    assert found.claim == safe[0]
    late = said(
        NOT_SAFE, ("Dow", "said", "that the boats would not be safe in the harbour"), published=date(2026, 3, 15)
    )
    assert opposed([*late, *safe], {}) == []


def test_two_spellings_of_one_person_do_not_contradict_each_other() -> None:
    safe = said(SAFE, ("Reck", "said", "that the boats would be safe in the harbour"))
    not_safe = said(NOT_SAFE, ("Dow", "said", "that the boats would not be safe in the harbour"))
    assert opposed([*safe, *not_safe], {"Reck": "reck", "Dow": "reck"}) == []


def test_what_is_disputed_and_not_reported_as_speech_is_a_denial_and_no_claim() -> None:
    [claim, denial] = said(
        "Orla Venn said it would cost €9 a year. Beam disputed that figure.",
        ("Orla Venn", "said", "it would cost €9 a year"),
        ("Beam", "disputed", "that figure"),
    )
    assert opposed([claim, _thought(denial)], {})
    assert not opposed([_thought(claim), denial], {})


def _thought(find: Find) -> Find:
    assert find.statement
    return replace(find, statement=replace(find.statement, kind=StatementKind.OTHER))
