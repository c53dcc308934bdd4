from __future__ import annotations

from dataclasses import replace
from datetime import date

from qa.corrections import corrected_by, correction_of, notices_in
from qa.types import Article
from tests.newsprint import article

NOTICE = article(
    "An article of 12 January about the closure of the ferry gave a wrong number of employees. "
    "Tamble Crossings employs 48 people, not 84.",
    title="Correction: The ferry’s employees",
    published=date(2026, 1, 14),
)
FERRY = article(
    "Service ends in March; 84 people work on the boats.\n\nThe old house at 84 Quay Road stays.\n\n"
    "Tamble Crossings will look for other work for its 84 employees.",
    title="Council votes for the closure of the ferry",
    published=date(2026, 1, 12),
)


def meant(*candidates: Article) -> Article | None:
    [notice] = notices_in(NOTICE)
    return corrected_by(notice, NOTICE, candidates)


def test_the_article_of_that_day_with_the_wrong_words_is_meant() -> None:
    other = article("The museum has 84 paintings.", title="Museum opens", published=date(2026, 1, 12))
    assert meant(other, FERRY) is FERRY


def test_neither_another_outlets_nor_another_days_article_is_meant() -> None:
    elsewhere = replace(FERRY, outlet="The Gazette", locations=())
    assert meant(elsewhere) is None
    assert meant(replace(FERRY, published=date(2026, 1, 20))) is None
    assert meant(replace(FERRY, published=date(2025, 12, 12))) is None


def test_none_is_meant_where_two_are_as_good() -> None:
    twin = replace(FERRY, id="another", title=FERRY.title)
    assert meant(FERRY, twin) is None


def test_the_wrong_words_are_struck_only_where_the_sentence_is_about_the_same() -> None:
    [notice] = notices_in(NOTICE)
    correction = correction_of(notice, NOTICE, FERRY)
    struck = [FERRY.text[one.span.start - 12 : one.span.end + 10] for one in correction.struck]
    assert correction.day == date(2026, 1, 14)
    assert struck == ["s in March; 84 people wo", "ork for its 84 employees"]
    assert {one.right.of(NOTICE.text) for one in correction.struck if one.right} == {"48"}
