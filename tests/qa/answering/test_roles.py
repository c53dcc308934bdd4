"""Who somebody is is said by roles that articles state, what several state first."""

from __future__ import annotations

from datetime import date

from qa.answering import answer_from_ages, answer_from_roles
from qa.attribution import ages_told, holders, introductions, office_asked
from qa.types import Answer, Article, Question, QuestionKind
from tests.newsprint import article

QUESTION = Question("Who is Petra Reck?", QuestionKind.PERSON, "Petra Reck")


def answer_of(*articles: Article, most: int = 5) -> Answer | None:
    found = [one for each in articles for one in introductions(each.text, ["Reck"], each.id)]
    return answer_from_roles(QUESTION, found, {each.id: each for each in articles}, max_citations=most)


def test_a_role_is_cited_once_from_the_newest_article_and_one_that_several_state_comes_first() -> None:
    old = article("Harbour master Petra Reck closed the quay.", published=date(2025, 1, 1))
    later = article("The harbour master, Petra Reck, opened it.", published=date(2025, 2, 1))
    newest = article("Former treasurer Petra Reck spoke.", published=date(2025, 3, 1))
    answer = answer_of(old, newest, later)
    assert answer is not None
    assert [one.exact for one in answer.citations] == ["The harbour master, Petra Reck", "Former treasurer Petra Reck"]
    assert answer.citations[0].also_in == (old,)


def test_whoever_is_introduced_most_comes_first_and_without_a_role_there_is_no_answer() -> None:
    petra = [article(f"Harbour master Petra Reck spoke {n} times.", published=date(2025, 1, n)) for n in (1, 2)]
    tomas = article("Treasurer Tomas Reck spoke.", published=date(2025, 3, 1))
    answer = answer_of(*petra, tomas)
    assert answer is not None
    assert [one.exact for one in answer.citations] == ["Harbour master Petra Reck", "Treasurer Tomas Reck"]
    assert answer_of(article("Petra Reck spoke.")) is None


def told_of(question: str, *articles: Article) -> Answer | None:
    """The answer of who has, or had, the office that a question asks for."""
    office = office_asked(question)
    assert office is not None
    found = [one for each in articles for one in holders(each.text, office, each.id)]
    asked, by_id = Question(question, QuestionKind.PERSON), {each.id: each for each in articles}
    return answer_from_roles(asked, found, by_id, lately=office.is_of_now)


def test_who_had_an_office_stands_before_who_has_it() -> None:
    had = article("Former mayor of Brackwater Ada Venn spoke.", published=date(2025, 1, 1))
    has = [article(f"Brackwater Mayor Gero Plimsoll spoke {n} times.", published=date(2025, 1, n)) for n in (2, 3)]
    was, now = (
        told_of("Who was the mayor of Brackwater?", had, *has),
        told_of("Who is the mayor of Brackwater?", had, *has),
    )
    assert was is not None
    assert now is not None
    assert [one.exact for one in was.citations] == ["Ada Venn", "Gero Plimsoll"]
    assert [one.exact for one in now.citations] == ["Gero Plimsoll"]


def test_whoever_left_an_office_has_it_no_more_whatever_older_articles_say() -> None:
    before = [article(f"Brackwater Mayor Gero Plimsoll spoke {n} times.", published=date(2025, 1, n)) for n in (2, 3)]
    left = article("Brackwater Mayor Gero Plimsoll was replaced by a vote.", published=date(2025, 2, 1))
    new = article("Brackwater Mayor Ada Venn opened it.", published=date(2025, 2, 2))
    answer = told_of("Who is the mayor of Brackwater?", *before, left, new)
    assert answer is not None
    assert [one.exact for one in answer.citations] == ["Ada Venn"]
    assert told_of("Who is the mayor of Brackwater?", *before, left) is None
    again = article("Brackwater Mayor Gero Plimsoll is back.", published=date(2025, 3, 1))
    assert told_of("Who is the mayor of Brackwater?", *before, left, again) is not None


def test_who_has_an_office_is_nobody_who_had_it_years_ago() -> None:
    old = article("Harbour master Petra Reck closed the quay.", published=date(2019, 1, 1))
    new = article("Harbour master Tomas Reck opened it.", published=date(2025, 1, 1))
    found = [one for each in (old, new) for one in introductions(each.text, ["Reck"], each.id)]
    asked = Question("Who is the harbour master?", QuestionKind.PERSON, None)
    for lately, names in ((True, ["Tomas Reck"]), (False, ["Tomas Reck", "Petra Reck"])):
        answer = answer_from_roles(asked, found, {each.id: each for each in (old, new)}, lately=lately)
        assert answer is not None
        assert [one.exact for one in answer.citations] == names


def test_the_newest_age_comes_first_and_each_once() -> None:
    old = article("Petra Reck, 43, closed the quay.", published=date(2024, 1, 1))
    new = [article(f"Petra Reck, 44, spoke {n} times.", published=date(2025, 1, n)) for n in (1, 2)]
    articles = [old, *new]
    found = [one for each in articles for one in ages_told(each.text, ["Petra Reck"], each.id)]
    answer = answer_from_ages(QUESTION, found, {each.id: each for each in articles})
    assert answer is not None
    assert [one.exact for one in answer.citations] == ["44", "43"]
    assert (answer.citations[0].article, answer.citations[0].also_in) == (new[1], (new[0],))
    assert answer_from_ages(QUESTION, [], {}) is None
