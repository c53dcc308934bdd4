"""What becomes of an entry: versions, addresses, changed details, removal and return."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from qa.catalog import Catalog, Entry, Stored, StoredStatus
from qa.catalog.sealing import seal
from qa.errors import ArticleDamaged, ArticleNotFound
from qa.types import Article, Lent, LentDetail, Location, Passage, Scope, Span
from tests.qa.catalog.articles import MERZ, article, entry, retitled, statement

OLD = article("The minister resigned on Monday.")
NEW = article("The minister did not resign on Monday.")
ELSEWHERE = "https://gazette.example/berlin"


@pytest.fixture(autouse=True)
def sound(catalog: Catalog) -> Iterator[None]:
    yield
    assert catalog.check().problems == ()


def store(catalog: Catalog, *entries: Entry, restore: bool = False) -> list[str]:
    return [stored.status.value for stored in catalog.store(entries, restore=restore)]


def found(catalog: Catalog, *words: str) -> set[str]:
    return {id_.split(":")[0] for id_, _ in catalog.search(words, 10, Scope())}


def test_an_article_comes_back_as_it_went_in(catalog: Catalog) -> None:
    assert store(catalog, entry()) == ["added"]
    expected = replace(article(), locations=(Location("https://courier.example/berlin", "The Courier"),))
    assert catalog.article(article().id) == expected


def test_passages_are_slices_of_their_article_in_code_points(catalog: Catalog) -> None:
    store(catalog, entry())
    assert catalog.passages_of(article().id) == list(entry().passages)
    assert catalog.passages([passage.id for passage in entry().passages] + ["unknown"]) == {
        passage.id: passage for passage in entry().passages
    }


def test_the_same_again_changes_nothing(catalog: Catalog) -> None:
    store(catalog, entry(speaker="Friedrich Merz"))
    before = catalog.article(article().id)
    later = replace(article(), retrieved=article().retrieved.replace(year=2030))
    assert store(catalog, entry(speaker="Friedrich Merz"), entry(later, speaker="Friedrich Merz")) == ["unchanged"] * 2
    assert catalog.article(article().id) == before


def test_another_text_at_the_same_address_is_a_new_version(catalog: Catalog) -> None:
    store(catalog, entry(OLD))
    assert catalog.store([entry(NEW)]) == [Stored(NEW.id, StoredStatus.NEW_VERSION, superseded=OLD.id)]
    assert found(catalog, "minister") == {NEW.id}
    assert catalog.article(OLD.id).text == OLD.text
    assert catalog.passages([passage.id for passage in entry(OLD).passages]) == {}
    assert [(version.article_id, version.current) for version in catalog.versions(OLD.id)] == [
        (NEW.id, True),
        (OLD.id, False),
    ]
    assert catalog.versions(NEW.id) == catalog.versions(OLD.id)


def test_an_address_leads_to_the_text_that_it_has_now(catalog: Catalog) -> None:
    store(catalog, entry(OLD))
    store(catalog, entry(NEW))
    assert catalog.id_at(NEW.url) == NEW.id
    assert catalog.id_at("https://nowhere.example/") is None


def test_an_edit_that_is_taken_back_brings_the_first_version_back(catalog: Catalog) -> None:
    store(catalog, entry(OLD), entry(NEW))
    assert catalog.store([entry(OLD)]) == [Stored(OLD.id, StoredStatus.NEW_VERSION, superseded=NEW.id)]
    assert found(catalog, "minister") == {OLD.id}
    assert [version.article_id for version in catalog.versions(NEW.id)] == [OLD.id, NEW.id]
    assert store(catalog, entry(OLD)) == ["unchanged"]


def test_the_same_text_at_two_addresses_is_one_article(catalog: Catalog) -> None:
    twin = article(url=ELSEWHERE, outlet="The Gazette", title="Another headline")
    assert store(catalog, entry(), entry(twin)) == ["added", "new_location"]
    stored = catalog.article(article().id)
    assert stored.locations == (Location(article().url, "The Courier"), Location(ELSEWHERE, "The Gazette"))
    assert (stored.url, stored.title) == (article().url, "Talks in Berlin")
    assert len(catalog.search(["progress"], 10, Scope())) == 1
    assert store(catalog, entry(twin), entry()) == ["unchanged", "unchanged"]


def test_a_text_stays_searched_while_one_of_its_addresses_still_has_it(catalog: Catalog) -> None:
    store(catalog, entry(OLD), entry(replace(OLD, url=ELSEWHERE)), entry(NEW))
    assert found(catalog, "minister") == {OLD.id, NEW.id}
    assert catalog.article(OLD.id).url == ELSEWHERE
    store(catalog, entry(replace(NEW, url=ELSEWHERE)))
    assert found(catalog, "minister") == {NEW.id}


def test_a_superseded_text_that_turns_up_elsewhere_is_searched_again(catalog: Catalog) -> None:
    store(catalog, entry(OLD), entry(NEW))
    assert store(catalog, entry(replace(OLD, url=ELSEWHERE))) == ["new_location"]
    assert found(catalog, "minister") == {OLD.id, NEW.id}


def test_a_changed_headline_is_taken_over_and_searched(catalog: Catalog) -> None:
    store(catalog, entry())
    catalog.mark_indexed(passage.id for passage in entry().passages)
    assert store(catalog, entry(retitled(article(), "Breakthrough"))) == ["updated"]
    assert catalog.article(article().id).title == "Breakthrough"
    assert found(catalog, "breakthrough") == {article().id}
    assert found(catalog, "talks") == {article().id}, "the word is in the text too"
    assert [passage.heading for passage in catalog.unindexed(10)] == ["Breakthrough"] * 2
    assert catalog.obsolete_ids() == []


@pytest.mark.parametrize(
    "changed",
    [
        replace(article(), published=date(2025, 12, 16)),
        replace(article(), byline=None),
        replace(article(), outlet="The Evening Courier"),
        replace(article(), modified=None),
        replace(article(), standfirst=None),
    ],
    ids=["published", "byline", "outlet", "modified", "standfirst"],
)
def test_changed_details_are_an_update_once(catalog: Catalog, changed: Article) -> None:
    store(catalog, entry())
    assert store(catalog, entry(changed), entry(changed)) == ["updated", "unchanged"]
    stored = catalog.article(changed.id)
    assert replace(stored, locations=(), retrieved=changed.retrieved) == changed


def test_another_cut_of_the_passages_replaces_the_first(catalog: Catalog) -> None:
    store(catalog, entry())
    catalog.mark_indexed(passage.id for passage in entry().passages)
    whole = Passage(f"{article().id}:0-{len(MERZ)}", article().id, Span(0, len(MERZ)), "Talks in Berlin", MERZ)
    assert store(catalog, Entry(article(), [whole])) == ["updated"]
    assert catalog.unindexed(10) == [whole]
    assert catalog.obsolete_ids() == sorted(passage.id for passage in entry().passages)
    catalog.mark_forgotten(catalog.obsolete_ids())
    assert catalog.obsolete_ids() == []


def test_statements_that_are_not_given_are_left_as_they_are(catalog: Catalog) -> None:
    store(catalog, entry(speaker="Friedrich Merz"))
    assert store(catalog, replace(entry(), statements=None)) == ["unchanged"]
    assert len(catalog.statements(article().id)) == 1
    assert store(catalog, entry()) == ["updated"]
    assert catalog.statements(article().id) == []


def test_a_batch_that_fails_leaves_nothing(catalog: Catalog) -> None:
    broken = replace(article("Cut \0 here.", url=ELSEWHERE))
    with pytest.raises(ValueError, match=r"U\+0000"):
        catalog.store([entry(), entry(broken)])
    assert catalog.check().articles == 0
    assert found(catalog, "progress") == set()


def test_a_hidden_article_is_neither_found_nor_shown_and_stays_so(catalog: Catalog) -> None:
    store(catalog, entry(speaker="Friedrich Merz"))
    catalog.mark_indexed(passage.id for passage in entry().passages)
    ids = [passage.id for passage in entry().passages]
    assert catalog.remove(article().id) == ids
    assert store(catalog, entry(), entry(replace(article(), url=ELSEWHERE))) == ["hidden", "hidden"]
    assert found(catalog, "progress") == set()
    assert catalog.passages(ids) == {}
    assert catalog.searchable_passage_ids() == set()
    assert catalog.obsolete_ids() == sorted(ids)
    assert catalog.statements_by(["Friedrich Merz"]) == []
    assert catalog.list_articles() == []
    assert [summary.hidden for summary in catalog.list_articles(include_old=True)] == [True]
    with pytest.raises(ArticleNotFound, match=article().id):
        catalog.article(article().id)
    assert catalog.article(article().id, hidden=True).text == MERZ


def test_a_hidden_article_returns_when_it_is_asked_back(catalog: Catalog) -> None:
    store(catalog, entry())
    catalog.mark_indexed(passage.id for passage in entry().passages)
    catalog.remove(article().id)
    assert store(catalog, entry(), restore=True) == ["restored"]
    assert found(catalog, "progress") == {article().id}
    assert catalog.obsolete_ids() == [], "or somebody would delete the vectors that it is about to get"
    assert len(catalog.unindexed(10)) == 2
    assert store(catalog, entry(), restore=True) == ["unchanged"]


def test_removing_the_newest_version_does_not_bring_an_older_one_back(catalog: Catalog) -> None:
    store(catalog, entry(OLD), entry(NEW))
    catalog.remove(NEW.id, purge=True)
    assert found(catalog, "minister") == set()
    assert catalog.article(OLD.id).text == OLD.text
    assert store(catalog, entry(OLD)) == ["new_location"]


def test_all_versions_of_an_address_can_be_removed_at_once(catalog: Catalog) -> None:
    store(catalog, entry(OLD), entry(NEW), entry())
    assert store(catalog, entry(article("Another story.", url=ELSEWHERE))) == ["added"]
    catalog.remove(article().id, all_versions=True, purge=True)
    assert [summary.url for summary in catalog.list_articles(include_old=True)] == [ELSEWHERE]


def test_an_article_that_is_not_there_cannot_be_removed(catalog: Catalog) -> None:
    with pytest.raises(ArticleNotFound):
        catalog.remove("0" * 16, purge=True)
    with pytest.raises(ArticleNotFound):
        catalog.replace_statements("0" * 16, [])


def test_statements_can_be_replaced(catalog: Catalog) -> None:
    store(catalog, entry(speaker="Friedrich Merz"))
    new = [statement(article().id, "Olaf Scholz", "former chancellor"), statement(article().id, "Olaf Scholz")]
    catalog.replace_statements(article().id, new)
    assert catalog.statements(article().id) == new


def test_it_is_known_what_found_an_articles_statements(catalog: Catalog) -> None:
    other = article("Another story.", url=ELSEWHERE)
    store(catalog, replace(entry(speaker="Friedrich Merz"), attributed_by="rules-1"), entry(other))
    assert catalog.attributed_otherwise("rules-1") == [other.id]
    catalog.replace_statements(other.id, [], "rules-2")
    assert catalog.attributed_otherwise("rules-2") == [article().id]
    store(catalog, replace(entry(other), statements=None, attributed_by="rules-3"))
    assert catalog.attributed_otherwise("rules-3") == [article().id, other.id], "statements that stay have their finder"


def test_passages_wait_for_their_vectors(catalog: Catalog) -> None:
    store(catalog, entry(), entry(article("Another story.", url=ELSEWHERE)))
    first, second, third = catalog.unindexed(10)
    assert catalog.unindexed(2) == [first, second]
    catalog.mark_indexed([first.id, second.id])
    assert catalog.unindexed(10) == [third]
    catalog.mark_all_unindexed()
    assert catalog.unindexed(10) == [first, second, third]
    assert catalog.searchable_passage_ids() == {first.id, second.id, third.id}


def test_the_catalog_knows_which_texts_it_has(catalog: Catalog) -> None:
    store(catalog, entry(OLD), entry(NEW))
    assert catalog.stored_ids([OLD.id, NEW.id, article().id]) == {OLD.id, NEW.id}
    assert catalog.searchable_article_ids() == [NEW.id]


def test_notes_are_kept(catalog: Catalog) -> None:
    assert catalog.meta("encoder") is None
    catalog.set_meta("encoder", "one")
    catalog.set_meta("encoder", "two")
    assert catalog.meta("encoder") == "two"


BARE = replace(article(url="file:///archive/berlin.txt", outlet=None, published=None), byline=None)
TOLD = article(url=ELSEWHERE, outlet="The Gazette", published=date(2025, 12, 14))


def test_a_second_address_lends_what_the_first_lacks_and_is_named_for_it(catalog: Catalog) -> None:
    assert store(catalog, entry(BARE), entry(TOLD)) == ["added", "new_location"]
    kept = catalog.article(BARE.id)
    assert (kept.url, kept.published, kept.byline, kept.outlet) == (
        BARE.url,
        date(2025, 12, 14),
        "Ada Reporter",
        "The Gazette",
    )
    assert kept.lent == tuple(Lent(detail, ELSEWHERE) for detail in LentDetail)
    assert {one.heading for one in catalog.passages_of(BARE.id)} == {"Talks in Berlin, 14 December 2025"}
    [listed] = catalog.list_articles(Scope(published_after=date(2025, 12, 1)))
    assert (listed.outlet, listed.published) == ("The Gazette", date(2025, 12, 14))
    assert store(catalog, entry(BARE), entry(TOLD)) == ["unchanged", "unchanged"]
    assert catalog.article(BARE.id) == kept


def test_what_the_first_address_states_itself_takes_the_place_of_what_was_lent(catalog: Catalog) -> None:
    store(catalog, entry(BARE), entry(TOLD), entry(replace(BARE, published=date(2025, 12, 13))))
    kept = catalog.article(BARE.id)
    assert kept.published == date(2025, 12, 13)
    assert [one.detail for one in kept.lent] == [LentDetail.BYLINE, LentDetail.OUTLET]


def test_what_another_address_takes_back_is_not_lent_any_more(catalog: Catalog) -> None:
    store(catalog, entry(BARE), entry(TOLD), entry(replace(TOLD, published=None)))
    assert catalog.article(BARE.id).published is None
    store(catalog, entry(replace(TOLD, published=date(2025, 12, 12))))
    assert catalog.article(BARE.id).published == date(2025, 12, 12)


def test_of_several_days_the_earliest_is_lent_whichever_came_first(catalog: Catalog) -> None:
    third = replace(TOLD, url="https://herald.example/berlin", published=date(2025, 12, 10))
    store(catalog, entry(BARE), entry(TOLD), entry(third))
    kept = catalog.article(BARE.id)
    assert (kept.published, kept.lent[0]) == (third.published, Lent(LentDetail.PUBLISHED, third.url))


def test_an_archive_from_before_lends_too_and_stays_sound(catalog: Catalog) -> None:
    store(catalog, entry(BARE))
    with catalog._database.writing() as connection:  # as the step from the schema before leaves it
        connection.execute("UPDATE location SET stated = NULL")
        [(places,)] = connection.execute("SELECT count(*) FROM location").fetchall()
        seal(connection, 1)
    assert places == 1
    store(catalog, entry(TOLD))
    assert catalog.article(BARE.id).published == TOLD.published


@pytest.mark.parametrize("column", ["text", "title"])
def test_what_was_changed_by_another_hand_is_refused_and_can_be_written_anew(catalog: Catalog, column: str) -> None:
    store(catalog, entry(speaker="Friedrich Merz"))
    with catalog._database.writing() as connection:
        connection.execute(f"UPDATE article SET {column} = replace({column}, 'alks', 'ales')")
    with pytest.raises(ArticleDamaged):
        catalog.article(article().id)
    assert [one.article_id for one in catalog.damaged()] == [article().id]
    assert store(catalog, entry(speaker="Friedrich Merz")) == ["mended"]
    assert found(catalog, "talks") == {article().id}
    assert found(catalog, "tales") == set()
