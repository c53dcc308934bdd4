from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from fastapi.testclient import TestClient

from qa.output.links import card_href, statement_id
from qa.settings import load_settings
from tests.serving import serving
from tests.web import linked_data
from tests.web.annotation_model import check_document, listed
from tests.web.archive import COMPARED, MERZ, NOBODY, PESKOV, SCRIPT, FakeArchive, berlin, hostile, said_by_merz
from tests.web.linked_data import CONTEXT, OA
from web.accepting import LINKED
from web.app import create_app

SAID = [one.statement for one in said_by_merz(MERZ).citations if one.statement]  # type: ignore[arg-type]
HOPE, PEACE, _ = SAID


def annotated(client: TestClient, path: str, **headers: str) -> list[Mapping[str, Any]]:
    response = client.get(path, headers=headers)
    assert response.status_code == 200
    assert response.headers["content-type"] == f'{LINKED}; profile="{CONTEXT}"'
    return check_document(response.json())


def lands(client: TestClient, annotation: Mapping[str, Any]) -> list[str]:
    """The words that an annotation's selectors find in its sources, each by both ways."""
    found = []
    for target in listed(annotation["target"]):
        text = client.get(target["source"]["id"].removeprefix("http://localhost")).text
        quote, position = target["selector"]
        around = quote["prefix"] + quote["exact"] + quote["suffix"]
        assert text.count(around) == 1
        assert text.index(around) + len(quote["prefix"]) == position["start"]
        assert text[position["start"] : position["end"]] == quote["exact"]
        found.append(quote["exact"])
    return found


def told(annotation: Mapping[str, Any]) -> dict[str, str]:
    return {body["purpose"]: body["value"] for body in listed(annotation.get("body", []))}


def test_the_statements_of_an_article_are_annotations(client: TestClient) -> None:
    found = annotated(client, f"/api/articles/{berlin.id}/statements?format=annotations&thoughts=true")
    assert [lands(client, one) for one in found] == [
        ["they had opened the “chance for a real peace process.”"],
        ["“We want peace,”", "“and we want it to last.”"],
        ["the talks as a breakthrough"],
        ["real progress"],
    ]
    assert [told(one) for one in found] == [
        {"identifying": "Friedrich Merz", "classifying": "partly quoted"},
        {"identifying": "Friedrich Merz", "classifying": "direct quotation"},
        {"identifying": "Friedrich Merz", "classifying": "reported, not quoted"},
        {"classifying": "believed, wanted or planned, not said"},
    ]
    assert found[1]["id"] == f"http://localhost{card_href(PEACE)}"
    assert {one["target"]["source"]["via"] for one in found if isinstance(one["target"], dict)} == {berlin.url}


def test_an_answer_is_annotations_of_what_it_cites(client: TestClient) -> None:
    said = annotated(client, f"/api/answer?question={MERZ}&format=annotations")
    assert [one["id"] for one in said] == [f"http://localhost{card_href(one)}" for one in SAID]
    [name] = annotated(client, f"/api/answer?question={PESKOV}&format=annotations")
    assert (lands(client, name), name["motivation"], told(name)) == (["Dmitry Peskov"], "highlighting", {})
    assert annotated(client, f"/api/answer?question={NOBODY}&format=annotations") == []
    assert len(annotated(client, f"/api/answer?question={COMPARED}&format=annotations")) == 4


def test_a_statement_is_an_annotation_or_a_quotation(client: TestClient) -> None:
    path = f"/api/statements/{statement_id(PEACE)}"
    [one] = annotated(client, f"{path}?format=annotation")
    listed_too = annotated(client, f"/api/articles/{berlin.id}/statements?format=annotations")[1]
    assert one == {**listed_too, "@context": CONTEXT, "generator": one["generator"]}
    [quotation] = client.get(f"{path}?format=schema.org").json()["@graph"]
    assert (quotation["@type"], quotation["spokenByCharacter"]["name"]) == ("Quotation", "Friedrich Merz")
    assert quotation["text"] == "“We want peace,” […] “and we want it to last.”"


def test_the_beginning_of_a_claim_review_says_who_said_what_and_has_no_verdict(client: TestClient) -> None:
    response = client.get(f"/api/statements/{statement_id(PEACE)}?format=claimreview")
    assert response.headers["content-type"] == "application/ld+json"
    begun = response.json()
    words = "“We want peace,” […] “and we want it to last.”"
    assert set(begun) == {"@context", "@type", "claimReviewed", "itemReviewed"}, "the rest is the reviewer's"
    assert (begun["@type"], begun["claimReviewed"]) == ("ClaimReview", words)
    claim = begun["itemReviewed"]
    assert (claim["@type"], claim["text"], claim["author"]["name"]) == ("Claim", words, "Friedrich Merz")
    assert claim["appearance"]["headline"] == berlin.title
    assert client.get(claim["@id"].partition("#")[0]).status_code == 200
    for page in (f"/articles/{berlin.id}", str(card_href(PEACE))):
        assert "ClaimReview" not in client.get(page, headers={"Accept": "text/html"}).text, "no page claims to be one"


ADDRESSES = {
    f"/?q={MERZ}": f"/api/answer?question={MERZ}&format=annotations",
    f"/api/answer?question={MERZ}": f"/api/answer?question={MERZ}&format=annotations",
    f"/articles/{berlin.id}?at=0-5": f"/api/articles/{berlin.id}/statements?format=annotations",
    f"/api/articles/{berlin.id}": f"/api/articles/{berlin.id}/statements?format=annotations",
    f"/api/articles/{berlin.id}/statements": f"/api/articles/{berlin.id}/statements?format=annotations",
    str(card_href(PEACE)): f"/api/statements/{statement_id(PEACE)}?format=annotation",
    f"/api/statements/{statement_id(PEACE)}": f"/api/statements/{statement_id(PEACE)}?format=annotation",
}


@pytest.mark.parametrize(("address", "same"), ADDRESSES.items(), ids=ADDRESSES)
def test_who_accepts_linked_data_is_given_it(client: TestClient, address: str, same: str) -> None:
    assert annotated(client, address, Accept=LINKED) == annotated(client, same)
    named = client.get(address, headers={"Accept": "text/html"})
    assert f'rel="alternate"; type="{LINKED}"' in named.headers["link"]
    assert "Accept" in named.headers["vary"]
    assert LINKED not in client.get(address).headers["content-type"]


@pytest.mark.parametrize(
    "path", [f"/api/articles/{hostile.id}/statements?format=annotations", f"/?q={SCRIPT}", f"/articles/{hostile.id}"]
)
def test_hostile_words_are_annotated_as_they_are(client: TestClient, path: str) -> None:
    [one] = annotated(client, path, Accept=LINKED)
    [words] = lands(client, one)
    assert "words 😀😀 before" in words
    assert "javascript:" not in str(one), "only an address of the web is a link"


def test_the_text_that_positions_count_in_is_the_article_s(client: TestClient) -> None:
    response = client.get(f"/articles/{hostile.id}/text")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == hostile.text
    assert client.get("/articles/none/text").status_code == 404


def test_a_real_server_gives_it_too() -> None:
    import httpx2

    with serving(create_app(load_settings(), FakeArchive())) as address:
        document = httpx2.get(f"{address}/articles/{berlin.id}", headers={"Accept": LINKED}, timeout=60).json()
    assert len(check_document(document)) == 3
    assert document["id"].startswith(address)


@pytest.mark.parametrize(
    "broken",
    [
        {"motivaton": "describing"},
        {"target": {"type": "SpecificRessource", "source": "http://localhost/a"}},
        {"motivation": "praising"},
        {"target": [{"type": "SpecificResource", "source": "http://localhost/a", "selektor": []}]},
    ],
    ids=lambda one: next(iter(one)),
)
def test_a_member_that_the_vocabulary_does_not_have_is_found(client: TestClient, broken: dict[str, Any]) -> None:
    document = client.get(f"/api/statements/{statement_id(PEACE)}?format=annotation").json()
    assert check_document(document)
    with pytest.raises(AssertionError, match=r"vocabulary|linked data"):
        linked_data.expanded({**document, **broken})


def test_the_context_has_every_term_of_the_recommendation() -> None:
    """Each chapter of the model, in one annotation that nobody would write: nothing is dropped, all comes back."""
    here, day = "http://localhost/a", "2026-02-10T09:00:00Z"
    quote = {"type": "TextQuoteSelector", "exact": "ferry", "prefix": "the ", "suffix": " stops"}
    position = {"type": "DataPositionSelector", "start": 4, "end": 9}
    between = {"type": "RangeSelector", "startSelector": quote, "endSelector": position, "refinedBy": quote}
    fragment = {"type": "FragmentSelector", "value": "t=1", "conformsTo": "http://www.w3.org/TR/media-frags/"}
    states = [
        {"type": "TimeState", "sourceDateStart": day, "sourceDateEnd": day, "cached": f"{here}/cached"},
        {"type": "HttpRequestState", "value": "Accept: text/plain"},
    ]
    person = {"type": "Person", "name": "Ada", "nickname": "a", "email_sha1": "0", "homepage": here}
    body = {"type": "TextualBody", "value": "No.", "language": "en", "processingLanguage": "en", "textDirection": "ltr"}
    made = {
        "@context": CONTEXT,
        "id": f"{here}/1",
        "type": "Annotation",
        "motivation": ["assessing", "replying"],
        "created": day,
        "modified": day,
        "generated": day,
        "creator": person,
        "generator": {"type": "Software", "name": "b", "email": "mailto:a@b.example"},
        "audience": {"type": "Audience", "id": f"{here}/readers"},
        "rights": f"{here}/rights",
        "canonical": f"{here}/canonical",
        "via": f"{here}/via",
        "stylesheet": {"type": "CssStylesheet", "value": ".red {}"},
        "body": [body, {"type": "Choice", "items": [f"{here}/b", f"{here}/c"]}],
        "target": {
            "type": "SpecificResource",
            "source": {"id": here, "type": "Video", "format": "video/mpeg", "accessibility": "captions"},
            "selector": [
                between,
                fragment,
                {"type": "XPathSelector", "value": "/p"},
                {"type": "CssSelector", "value": "p"},
            ],
            "state": states,
            "styleClass": "red",
            "renderedVia": {"type": "Software", "id": f"{here}/viewer"},
        },
    }
    node = linked_data.expanded(made)
    [start] = node[f"{OA}hasTarget"][0][f"{OA}hasSelector"][0][f"{OA}hasEndSelector"][0][f"{OA}start"]
    assert start == {"@value": 4, "@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"}
