from __future__ import annotations

from qa.attribution import RuleAttributor
from qa.evaluation.archive import Found, attribute_all, people_of, render, sample
from qa.text import word_spans
from tests.newsprint import HARBOUR, article

SHORT = "Council President Ilse Varn said that the port was late. The council said that it would wait."


def harbour() -> Found:
    return attribute_all([article(HARBOUR), article(SHORT), article(HARBOUR)], RuleAttributor())


def test_a_text_that_comes_twice_is_attributed_once() -> None:
    found = harbour()
    assert len(found.articles) == len(found.seconds) == 2
    assert found.words == sum(len(word_spans(text)) for text in (HARBOUR, SHORT))


def test_people_are_gathered_over_articles_and_organisations_are_left_out() -> None:
    people = people_of(harbour())
    varn = next(person for person in people if person.name == "Ilse Varn")
    assert varn.statements == 4  # one of them with her title before her name
    assert all("council" not in person.name.lower() for person in people)


def test_a_sample_is_the_same_each_time_and_its_offsets_give_its_words() -> None:
    found = harbour()
    people = people_of(found)
    rows = list(sample(found, people))
    assert rows == list(sample(found, people))
    for row in rows:
        text = found.articles[row["article"]].text
        assert [text[start:end] for start, end in row["content"]] == row["words"]["content"]


def test_the_page_counts_verdicts_and_says_which_still_stand() -> None:
    found = harbour()
    people = people_of(found)
    kept, moved = list(sample(found, people))[:2]
    content = [[start + 1, end] for start, end in moved["content"]]
    verdicts = [
        {**kept, "speaker_right": True, "words_right": "border"},
        {**moved, "content": content, "speaker_right": True, "words_right": "wrong"},
    ]
    page = render(found, RuleAttributor(), people, verdicts)
    assert "| **all** | 2 | 2 | 0 | 1 | 1 | 1 |" in page
    assert "Found here with the same words: 1 of 2." in page
