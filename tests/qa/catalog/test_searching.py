"""Finding, listing and counting; what is typed is never an operator."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qa.catalog import Catalog
from qa.errors import ArticleNotFound
from qa.types import Article, Naming, Resolution, Scope, Speaker, StatementKind
from tests.qa.catalog.articles import article, entry, statement
from tests.qa.catalog.conftest import Place

TALKS = article()
HARBOUR = article(
    "The harbour of Weststrand stays closed, said Ana Müller.\n\nShips wait. Ships wait outside the harbour.",
    url="https://gazette.example/harbour",
    outlet="The Gazette",
    title="Harbour closed",
    published=date(2025, 11, 1),
)
UNDATED = article("A harbour in winter.", url="file:///winter.txt", outlet=None, title="Winter", published=None)


@pytest.fixture(autouse=True)
def _filled(catalog: Catalog) -> None:
    catalog.store(
        [
            entry(TALKS, speaker="Friedrich Merz", role="Chancellor"),
            entry(HARBOUR, speaker="Ana Müller"),
            entry(UNDATED),
        ]
    )


def found(catalog: Catalog, *terms: str, scope: Scope = Scope()) -> list[str]:  # noqa: B008 -- a frozen value
    return [id_.split(":")[0] for id_, _ in catalog.search(terms, 10, scope)]


def test_the_best_match_comes_first_with_a_higher_score(catalog: Catalog) -> None:
    ranked = catalog.search(["harbour", "ships"], 10, Scope())
    assert ranked[0][0] == entry(HARBOUR).passages[1].id
    assert [score for _, score in ranked] == sorted((score for _, score in ranked), reverse=True)
    assert len(catalog.search(["harbour", "ships"], 2, Scope())) == 2


def test_words_are_compared_by_stem_without_case_and_diacritics(catalog: Catalog) -> None:
    assert found(catalog, "ZURICH") == found(catalog, "Zürich") == found(catalog, "decisions") == [TALKS.id]
    assert set(found(catalog, "MULLER")) == {HARBOUR.id}


@pytest.mark.parametrize(
    "terms",
    [
        ['"'],
        ['" OR harbour OR "'],
        ["NEAR(harbour)"],
        ["harbour*"],
        ["text:harbour"],
        ["^harbour"],
        ["(", ")"],
        ["-harbour"],
    ],
    ids=str,
)
def test_no_term_is_an_operator_or_an_error(catalog: Catalog, terms: list[str]) -> None:
    as_words = found(catalog, *terms)
    assert TALKS.id not in as_words


@pytest.mark.parametrize("terms", [[], [""], ["—"], ["\0"], ["\ud800"], ["😀"], ["…", "!?"]], ids=ascii)
def test_terms_without_a_word_find_nothing(catalog: Catalog, terms: list[str]) -> None:
    assert catalog.search(terms, 10, Scope()) == []
    assert catalog.search_phrase(terms, 10) == []
    assert catalog.list_articles(text=" ".join(terms) + " —") == []


def test_a_term_without_a_word_does_not_spoil_the_others(catalog: Catalog) -> None:
    assert set(found(catalog, "—", "zürich", "\ud800")) == {TALKS.id}


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(published_after=date(2025, 11, 1)), {HARBOUR.id}),
        (Scope(published_after=date(2025, 11, 2)), set()),
        (Scope(published_before=date(2025, 11, 1)), {HARBOUR.id}),
        (Scope(published_before=date(2025, 10, 31)), set()),
        (Scope(outlets=("the gazette", "Unknown")), {HARBOUR.id}),
        (Scope(outlets=("The Courier",)), set()),
        (Scope(articles=(HARBOUR.id, "unknown")), {HARBOUR.id}),
        (Scope(articles=("unknown",)), set()),
        (Scope(), {HARBOUR.id, UNDATED.id}),
    ],
    ids=lambda value: str(value) if isinstance(value, Scope) else "",  # a set has no order to name a test by
)
def test_dates_and_outlets_bound_the_search(catalog: Catalog, scope: Scope, expected: set[str]) -> None:
    assert set(found(catalog, "harbour", scope=scope)) == expected
    permitted = catalog.permitted(scope)
    if scope.unbounded:
        assert permitted is None
    else:
        assert permitted is not None
        assert {id_ for id_, _ in catalog.search(["harbour"], 10, scope)} <= set(permitted)
        assert expected <= {id_.split(":")[0] for id_ in permitted}


def test_every_current_address_counts_for_an_outlet(catalog: Catalog) -> None:
    catalog.store([entry(replace(HARBOUR, url="https://courier.example/harbour", outlet="The Courier"))])
    assert set(found(catalog, "harbour", scope=Scope(outlets=("The Courier",)))) == {HARBOUR.id}
    assert catalog.outlets() == [("The Courier", 2), ("The Gazette", 1)]


def test_a_phrase_is_found_in_the_text_alone_and_in_order(catalog: Catalog) -> None:
    assert [id_ for id_, _ in catalog.search_phrase(["Ships", "wait", "outside"], 5)] == [entry(HARBOUR).passages[1].id]
    assert catalog.search_phrase(["wait", "ships", "outside"], 5) == []
    assert catalog.search_phrase(["Harbour", "closed"], 5) == [], "that is only the headline"


def test_mentions_counts_articles(catalog: Catalog) -> None:
    assert catalog.mentions("harbour") == 2
    assert catalog.mentions("ana muller") == 1
    assert catalog.mentions("Merz Friedrich") == catalog.mentions("") == 0


def test_articles_are_listed_newest_first_and_in_pages(catalog: Catalog) -> None:
    expected = [TALKS.id, HARBOUR.id, UNDATED.id]
    assert [summary.id for summary in catalog.list_articles()] == expected
    assert [summary.id for summary in catalog.list_articles(limit=2, offset=1)] == expected[1:]
    assert catalog.count_articles() == 3
    first = catalog.list_articles(limit=1)[0]
    assert (first.title, first.outlet, first.url, first.passages, first.statements, first.current, first.hidden) == (
        "Talks in Berlin",
        "The Courier",
        TALKS.url,
        2,
        1,
        True,
        False,
    )


def test_a_list_is_bounded_by_scope_and_words(catalog: Catalog) -> None:
    def listed(**options: str) -> list[str]:
        return [summary.id for summary in catalog.list_articles(**options)]  # type: ignore[arg-type]

    assert listed(text="closed harbour") == [HARBOUR.id], "closed is in the headline, harbour in both"
    assert listed(text="harbour") == [HARBOUR.id, UNDATED.id]
    assert listed(text="harbour zürich") == []
    assert listed(text="  ") == [TALKS.id, HARBOUR.id, UNDATED.id]
    assert catalog.count_articles(Scope(outlets=("The Gazette",)), text="harbour") == 1


def test_old_versions_are_listed_on_request(catalog: Catalog) -> None:
    newer = article("The harbour is open again.", url=HARBOUR.url)
    catalog.store([entry(newer)])
    assert HARBOUR.id not in {summary.id for summary in catalog.list_articles()}
    listed = {summary.id: summary for summary in catalog.list_articles(include_old=True)}
    assert (listed[HARBOUR.id].current, listed[HARBOUR.id].url) == (False, HARBOUR.url)
    assert catalog.count_articles(include_old=True) == 4


def test_the_dates_of_the_archive_are_known(catalog: Catalog, place: Place) -> None:
    assert catalog.date_range() == (date(2025, 11, 1), date(2025, 12, 15))
    with place.open("empty") as empty:
        assert empty.date_range() is None


@pytest.mark.parametrize("name", ["Ana Müller", "ANA  MULLER", "ana mu\u0308ller"])
def test_statements_are_found_by_their_speakers_name(catalog: Catalog, name: str) -> None:
    assert catalog.statements_by([name]) == [statement(HARBOUR.id, "Ana Müller")]
    assert catalog.statements_by([name], Scope(published_after=date(2025, 12, 1))) == []


def test_statements_of_several_names_come_newest_article_first(catalog: Catalog) -> None:
    both = catalog.statements_by(["Ana Müller", "Friedrich Merz", "Nobody"])
    assert [one.article_id for one in both] == [TALKS.id, HARBOUR.id]
    assert catalog.statements_by([]) == []


def test_the_passage_at_a_place_is_known(catalog: Catalog) -> None:
    first, second = (passage for passage in entry(HARBOUR).passages)
    places = [(HARBOUR.id, second.span.start + 3), (HARBOUR.id, 0), (HARBOUR.id, first.span.end), ("unknown", 0)]
    assert catalog.passages_at(places) == [second.id, first.id, None, None]


def test_some_texts_are_passages_from_all_over_the_archive(catalog: Catalog) -> None:
    harbour = {passage.span.of(HARBOUR.text) for passage in entry(HARBOUR).passages}
    assert len(catalog.some_texts(100)) == len(catalog.searchable_passage_ids())
    assert len(catalog.some_texts(2)) == 2
    assert harbour <= set(catalog.some_texts(100))
    catalog.remove(HARBOUR.id)
    assert harbour.isdisjoint(catalog.some_texts(100))


def test_every_spelling_and_role_of_a_speaker_is_counted_with_its_days(catalog: Catalog) -> None:
    more: Article = article("Once more the chancellor spoke at length.", url="https://courier.example/2")
    catalog.store([entry(more, speaker="FRIEDRICH MERZ")])
    day, earlier = date(2025, 12, 15), date(2025, 11, 1)
    assert catalog.namings() == [
        Naming("ana muller", "Ana Müller", None, 1, earlier, earlier),
        Naming("friedrich merz", "FRIEDRICH MERZ", None, 1, day, day),
        Naming("friedrich merz", "Friedrich Merz", "Chancellor", 1, day, day),
    ]


def test_beliefs_are_kept_and_are_nobodys_statements(catalog: Catalog) -> None:
    belief = replace(statement(HARBOUR.id, "Ana Müller"), kind=StatementKind.OTHER, confidence=0.25)
    catalog.replace_statements(HARBOUR.id, [belief])
    assert catalog.statements(HARBOUR.id) == [belief]
    assert catalog.statements_by(["Ana Müller"]) == []
    assert catalog.statements_by(["Ana Müller"], of_every_kind=True) == [belief]
    assert next(one for one in catalog.namings() if one.key == "ana muller").statements == 0


def test_a_name_that_one_place_in_many_takes_for_an_organisation_is_a_persons(catalog: Catalog) -> None:
    said = statement(HARBOUR.id, "Merz")
    slip = replace(said, speaker=Speaker("Merz", "Merz", None, Resolution.ORGANISATION))
    catalog.replace_statements(HARBOUR.id, [said] * 5 + [slip])
    assert not next(one for one in catalog.namings() if one.key == "merz").organisation
    catalog.replace_statements(HARBOUR.id, [said] * 4 + [slip])
    assert next(one for one in catalog.namings() if one.key == "merz").organisation


def test_namings_are_counted_year_by_year(catalog: Catalog) -> None:
    text, day = "The chancellor was heard again a year after that.", date(2026, 12, 1)
    later = article(text, url="https://courier.example/3", published=day)
    catalog.store([entry(later, speaker="Ana Müller")])
    years = [(one.first, one.articles) for one in catalog.namings() if one.key == "ana muller"]
    assert years == [(date(2025, 11, 1), 1), (day, 1)]


def test_an_organisation_is_known_to_be_one(catalog: Catalog) -> None:
    said = statement(HARBOUR.id, "Port Authority")
    speaker = Speaker("the authority", "Port Authority", None, Resolution.ORGANISATION)
    catalog.replace_statements(HARBOUR.id, [replace(said, speaker=speaker)])
    assert {one.name: one.organisation for one in catalog.namings()} == {
        "Friedrich Merz": False,
        "Port Authority": True,
    }
    assert catalog.statements(HARBOUR.id)[0].speaker == speaker


def test_statements_of_everybody_come_newest_first_up_to_a_limit(catalog: Catalog) -> None:
    assert [one.article_id for one in catalog.statements_by(None)] == [TALKS.id, HARBOUR.id]
    assert [one.article_id for one in catalog.statements_by(None, limit=1)] == [TALKS.id]


def test_what_a_user_decides_about_spellings_outlives_the_statements(catalog: Catalog) -> None:
    catalog.pin({"anna muller": "ana muller"})
    catalog.replace_statements(HARBOUR.id, [])
    catalog.pin({"ana muller": "ana muller"})
    assert catalog.pins() == {"ana muller": "ana muller", "anna muller": "ana muller"}


def test_a_change_by_another_process_is_noticed(catalog: Catalog, place: Place) -> None:
    with place.open() as reading:
        before = reading.changes()
        assert reading.changes() == before
        catalog.pin({"ana muller": "ana muller"})
        assert reading.changes() != before
        again = reading.changes()
        reading.set_meta("note", "its own changes count too")
        assert reading.changes() != again


def test_what_no_row_can_hold_is_not_found(catalog: Catalog) -> None:
    cut = "5038\0d8c7"
    assert catalog.id_at(cut) is None
    assert catalog.articles([cut]) == {}
    assert list(catalog.permitted(Scope(outlets=(cut,))) or ()) == []
    assert catalog.list_articles(Scope(outlets=(cut,)), text=cut) == []
    with pytest.raises(ArticleNotFound):
        catalog.article(cut)


def test_a_key_is_searched_while_its_article_is(catalog: Catalog) -> None:
    last = catalog.last_article()
    assert last is not None
    keys = range(1, last[0] + 1)
    assert catalog.unsearched_keys(last[0]) == frozenset()
    assert catalog.first_searched(keys) == 1
    assert catalog.last_article(last[0] + 1) is None
    assert catalog.searched_ids([last[1], "nobody's"]) == {last[1]}
    catalog.remove(last[1])
    assert catalog.last_article() == catalog.last_article(last[0]) == last
    assert catalog.unsearched_keys(last[0]) == {last[0]}
    assert catalog.first_searched([last[0]]) is None
    assert catalog.searched_ids([last[1], "nobody's"]) == set()
