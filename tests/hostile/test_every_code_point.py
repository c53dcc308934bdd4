"""Folding may leave nothing of a character, or several: every code point, alone, doubled and inside words.

What reads one text at a time is given all of them. The whole pipeline is given those that fold in a special way, found
by computation and not from a list: a different version of Unicode has others.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from qa.answering.proposals import proposals
from qa.assistant import Assistant
from qa.attribution import RuleAttributor
from qa.errors import QuestionError
from qa.output.links import speaker_href
from qa.people import find_speakers, is_speaker, profiles_of, slug_of
from qa.people.spelling import folded_name, same_people, skeleton
from qa.people.topics import topics_of
from qa.questions import AnswerType, Asked, understand
from qa.reading.evidence import has_type, stems
from qa.reading.support import with_evidence
from qa.retrieval.query import terms_of
from qa.text import fold, normalise, word_spans
from qa.tokens import keys_of, tokens_of
from qa.types import Candidate, Naming, Outcome, Question, Span
from qa.verification import Verdict, verify
from tests.conftest import fresh_settings
from tests.newsprint import article, hits


def batches(characters: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    yield from (characters[start : start + size] for start in range(0, len(characters), size))


EVERY = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
FORMS: dict[str, Callable[[str], str]] = {
    "alone": lambda character: character,
    "doubled": lambda character: character * 2,
    "inside": lambda character: f"a{character}b",
    "beside": lambda character: f"a{character} {character}b {character}'s a-{character}",
}


def kind_of(character: str) -> tuple[object, ...]:
    """What can make a difference to whatever folds: how the character is classed, and what it becomes."""
    folded = fold(character)
    return (
        unicodedata.category(character),
        character.isalnum(),
        bool(unicodedata.combining(character)),
        unicodedata.category(folded[0]) if folded else "",
        min(len(folded), 3),
        folded.isspace(),
        folded == character,
        normalise(character) == character,
    )


def is_special(character: str) -> bool:
    """Whether it folds to nothing, to several or to no letter, or combines; the 11,172 Hangul syllables are alike."""
    folded = fold(character)
    alone = len(folded) == 1 and folded.isalnum() == character.isalnum() and not unicodedata.combining(character)
    return not alone and not "\uac01" <= character <= "\ud7a3"


SPECIAL = [character for character in EVERY if is_special(character)]
OF_EACH_KIND = list({kind_of(character): character for character in reversed(EVERY)}.values())


def texts(characters: Sequence[str], form: str, size: int = 4_000) -> Iterator[str]:
    yield from (" ".join(map(FORMS[form], some)) for some in batches(characters, size))


@pytest.mark.slow
def test_every_character_is_folded_by_itself() -> None:
    folded = [fold(character) for character in EVERY]
    for start in range(0, len(EVERY), 50_000):
        assert fold("".join(EVERY[start : start + 50_000])) == "".join(folded[start : start + 50_000])


@pytest.mark.slow
@pytest.mark.parametrize("form", ["alone", "doubled", "inside"])
def test_no_word_is_compared_as_nothing(form: str) -> None:
    readable = {character for character in EVERY if any(map(str.isalnum, fold(character)))}
    for text in texts(EVERY, form):
        assert all(text[span.start] in readable for span in word_spans(text))


READERS: dict[str, Callable[[str], object]] = {
    "tokens": tokens_of,
    "keys": keys_of,
    "stems": stems,
    "slug": slug_of,
    "name": folded_name,
    "skeleton": lambda text: [skeleton(word) for word in folded_name(text).split()],
    "terms": lambda text: terms_of(Question(text)),
    "types": lambda text: [has_type(kind, text, Asked.of(text[:200])) for kind in AnswerType],
    "topics": lambda text: topics_of([text, text], [text[:50]]),
}


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
def test_every_reader_of_words_takes_every_code_point(reader: str) -> None:
    for text in (*texts(EVERY, "alone"), *texts(EVERY, "doubled"), *texts(SPECIAL, "beside", 500)):
        READERS[reader](text)
    for character in OF_EACH_KIND:
        for make in FORMS.values():
            READERS[reader](make(character))


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_whatever_is_typed_is_understood_or_refused(form: str) -> None:
    for character in [*SPECIAL, *OF_EACH_KIND]:
        typed = FORMS[form](character)
        for question in (typed, f"what did {typed} say about {typed}?", f"{typed} on {typed}", f"who said '{typed}'"):
            try:
                readings = understand(question, is_speaker=lambda name: True)
            except QuestionError:
                assert not word_spans(normalise(question))
            else:
                assert all(word_spans(reading.text) for reading in readings)


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_names_of_any_characters_are_speakers_with_an_address_or_nobodys(form: str) -> None:
    names = [f"{before}{FORMS[form](character)}" for character in SPECIAL[::4] for before in ("", "Anna ")]
    namings = [Naming(folded_name(name), name, name, 1) for name in names]
    profiles = profiles_of(namings, {})
    assert len({one.slug for one in profiles}) == len(profiles)
    assert all(one.slug for one in profiles)
    assert all(speaker_href(one.name) for one in profiles)
    some = profiles[::50]
    for name in names[::97]:
        find_speakers(name, some)
        is_speaker(name, some)
    same_people({folded_name(name): [] for name in names[::7]})


def test_a_name_of_which_nothing_is_left_is_nobodys() -> None:
    assert profiles_of([Naming(folded_name("ﾞ"), "ﾞ", None, 1)], {}) == []


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_evidence_is_weighed_and_answers_are_grouped_whatever_the_characters(form: str) -> None:
    for some in batches(SPECIAL, 40):
        text = normalise(" ".join(map(FORMS[form], some)))
        [found] = hits(article(text or "x"))[:1]
        spans = [*word_spans(found.passage.text), Span(0, len(found.passage.text))]
        whole = Span(0, len(found.passage.text))
        candidates = [Candidate(found, span, whole, 1.0, 0.0) for span in spans]
        question = Question(f"who {text} {some[0]}")
        assert len(proposals(with_evidence(question, candidates))) > 0


def quotations_of(form: str) -> Iterator[str]:
    yield from (FORMS[form](character) for character in OF_EACH_KIND)
    yield from (" ".join(map(FORMS[form], some)) for some in batches(SPECIAL, 120))


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_a_quotation_of_any_characters_is_verified_or_empty(form: str) -> None:
    sources = [article(" ".join(map(FORMS[form], some))) for some in batches(SPECIAL[::9], 150)]
    for quotation in quotations_of(form):
        for typed in (quotation, f"{quotation} other", f"{quotation} ... {quotation}"):
            try:
                verification = verify(typed, search=lambda words: sources)
            except QuestionError:
                assert not tokens_of(normalise(typed))
            else:
                assert verification.verdict in Verdict
    held = max((source.text for source in sources), key=lambda text: len(word_spans(text)))
    words = word_spans(held)
    found = verify(held[words[3].start : words[40].end], search=lambda words: sources)
    assert found.verdict is Verdict.VERBATIM


def report_of(character: str) -> str:
    named = f"{character} {character}Anna {character}Bela"
    return f"“{character} go,” {named} said. The mayor of {character} said that {character}. {character} said {named}."


def test_statements_are_sought_whatever_the_characters() -> None:
    attributor = RuleAttributor()
    for some in batches(OF_EACH_KIND, 4):
        text = "\n\n".join(map(report_of, some))
        attributor.attribute(article(text))


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory, compiled_models: Path) -> Iterator[Assistant]:
    """An archive that holds the special characters, alone, doubled, inside words, and as speakers."""
    folder = tmp_path_factory.mktemp("odd")
    for number, some in enumerate(batches(SPECIAL, 200)):
        body = "\n\n".join(" ".join(map(make, some)) for make in FORMS.values())
        path = folder / f"{number}.md"
        path.write_text(f"---\ntitle: Odd {number}\ndate: 2025-12-15\n---\n{body}\n", encoding="utf-8")
    readable = [character for character in OF_EACH_KIND if unicodedata.category(character) != "Cc"]
    reports = "\n\n".join(map(report_of, readable))
    (folder / "said.md").write_text(f"---\ntitle: Said\ndate: 2025-12-16\n---\n{reports}\n", encoding="utf-8")
    with Assistant.open(fresh_settings(folder / "data", compiled_models), write=True) as assistant:
        report = assistant.ingest([str(path) for path in sorted(folder.glob("*.md"))])
        assert not report.failures
        yield assistant


def asked(assistant: Assistant, question: str) -> Outcome | None:
    try:
        return assistant.ask(question)
    except QuestionError:
        assert not word_spans(normalise(question))
        return None


@pytest.mark.slow
def test_the_whole_pipeline_answers_whatever_the_characters(odd: Assistant) -> None:
    strange = [*(character for character in OF_EACH_KIND[::2] if is_special(character)), "ﾞ", "ﾟ"]
    for character in strange:
        asked(odd, character)
    for make in FORMS.values():
        for some in batches(strange, 12):
            typed = " ".join(map(make, some))
            asked(odd, typed)
            odd.statements(speaker=typed, about=typed)
            odd.speakers(typed)
            assert odd.verify(f"a {typed}").verdict in Verdict
    for profile in odd.speakers(limit=1_000)[0]:
        assert odd.speaker(profile.slug).profile == profile


@pytest.mark.slow
def test_a_quotation_from_an_article_of_odd_characters_is_found(odd: Assistant) -> None:
    for summary in odd.articles(limit=100)[0]:
        text = odd.article(summary.id).text
        words = word_spans(text)
        assert odd.verify(text[words[5].start : words[25].end]).verdict is Verdict.VERBATIM
