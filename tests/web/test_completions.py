"""The door for clients of the OpenAI API, with the client itself over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import httpx
import openai
import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openai.types.chat import ChatCompletionMessageParam

from qa.errors import ArchiveLocked
from qa.settings import Settings, WebSettings, load_settings
from qa.types import EVERYTHING, Outcome, Scope
from tests.serving import serving
from tests.web.archive import BERLIN, COMPARED, MERZ, NOBODY, PESKOV, SCRIPT, FakeArchive, berlin
from tests.web.conftest import Visit
from web.app import create_app

TOKEN = "a token to read with"
PATH = "/v1/chat/completions"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(create_app(load_settings(web=WebSettings()), FakeArchive())) as address:
        yield address


@pytest.fixture
def client(address: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{address}/v1", api_key="none is needed", max_retries=0) as client:
        yield client


def user(*texts: str) -> list[ChatCompletionMessageParam]:
    return [{"role": "user", "content": text} for text in texts]


def ask(client: openai.OpenAI, question: str) -> openai.types.chat.ChatCompletion:
    return client.chat.completions.create(model="on-record", messages=user(question))


@pytest.mark.parametrize("question", [PESKOV, MERZ, COMPARED, SCRIPT])
def test_each_annotation_marks_the_exact_words_in_the_text_sent(
    client: openai.OpenAI, address: str, question: str
) -> None:
    message = ask(client, question).choices[0].message
    assert message.content
    assert message.annotations
    cited = httpx.post(f"{address}/api/answer", json={"question": question}).json()["citations"]
    for annotation, citation in zip(message.annotations, cited, strict=True):
        place = annotation.url_citation
        assert message.content[place.start_index : place.end_index] == citation["cited_text"]
        assert place.url == address + citation["href"]
        assert place.title == citation["article"]["title"]
        assert f"\n[{citation['number']}] {citation['article']['title']}" in message.content
        page = httpx.get(place.url)
        assert page.status_code == 200
        assert 'id="c1"' in page.text


def test_the_models_are_one_and_any_other_is_not_found(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["on-record"]
    assert client.models.retrieve("on-record").owned_by == "onrecord"
    with pytest.raises(openai.NotFoundError):
        client.models.retrieve("another")


def test_a_refusal_is_a_plain_sentence_without_annotations(client: openai.OpenAI) -> None:
    completion = ask(client, NOBODY)
    message = completion.choices[0].message
    assert message.content == "Not in this archive. The archive names Macron, but reports no statement by them."
    assert message.annotations == []
    assert message.model_extra
    assert message.model_extra["onrecord"] == {
        "outcome": "not_in_archive",
        "reason": "speaker_silent",
        "confidence": None,
    }
    assert completion.choices[0].finish_reason == "stop"


@pytest.mark.parametrize("question", [MERZ, NOBODY])
def test_the_pieces_of_a_stream_put_together_are_the_answer(client: openai.OpenAI, question: str) -> None:
    whole = ask(client, question).choices[0].message
    stream = client.chat.completions.create(
        model="on-record", messages=user(question), stream=True, stream_options={"include_usage": True}
    )
    pieces = list(stream)
    deltas = [piece.choices[0].delta for piece in pieces if piece.choices]
    assert "".join(delta.content or "" for delta in deltas) == whole.content
    assert len(deltas) > 2
    assert deltas[0].role == "assistant"
    said = deltas[-1].model_extra
    assert whole.annotations is not None
    assert said
    assert said["annotations"] == [each.model_dump() for each in whole.annotations]
    assert pieces[-1].usage
    assert pieces[-1].usage.total_tokens == 0
    assert len({piece.id for piece in pieces}) == 1


def test_the_clients_own_gathering_of_a_stream_ends_with_the_whole_message(client: openai.OpenAI) -> None:
    with client.chat.completions.stream(model="on-record", messages=user(PESKOV)) as stream:
        gathered = stream.get_final_completion()
    assert gathered.choices[0].message.content == ask(client, PESKOV).choices[0].message.content
    assert gathered.choices[0].message.annotations


def test_citations_can_be_anthropics_too(client: openai.OpenAI) -> None:
    message = (
        client.chat.completions.create(model="on-record", messages=user(MERZ), extra_query={"citations": "anthropic"})
        .choices[0]
        .message
    )
    assert message.model_extra
    citations, documents = message.model_extra["citations"], message.model_extra["documents"]
    assert message.annotations
    assert len(citations) == len(message.annotations) == 3
    for each in citations:
        assert each["type"] == "char_location"
        assert BERLIN[each["start_char_index"] : each["end_char_index"]] == each["cited_text"]
        assert documents[each["document_index"]]["id"] == each["file_id"] == berlin.id
        assert each["document_title"] == berlin.title
    assert "citations" not in (ask(client, MERZ).choices[0].message.model_extra or {})


class Listening(FakeArchive):
    """Keeps what each question followed on."""

    earlier: Sequence[str] = ()

    def ask(self, text: str, scope: Scope = EVERYTHING, *, earlier: Sequence[str] = ()) -> Outcome:
        self.earlier = earlier
        return super().ask(text, scope)


def test_the_questions_before_are_what_the_last_one_follows_on(visit: Visit) -> None:
    archive = Listening()
    messages = [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": [{"type": "text", "text": PESKOV}]},
        {"role": "assistant", "content": None, "tool_calls": []},
        {"role": "user", "content": "a pasted article " * 100},
        {"role": "assistant", "content": "The question has 1700 characters."},
        {"role": "user", "content": " "},
        {"role": "user", "content": MERZ},
    ]
    body = {
        "messages": messages,
        "temperature": 0,
        "tools": [],
        "published_after": "2025-12-01",
        "outlets": ["Courier"],
    }
    assert visit(archive).post(PATH, json=body).status_code == 200
    [question] = archive.asked
    assert (question.text, list(archive.earlier)) == (MERZ, [PESKOV])
    assert question.scope.outlets == ("Courier",)
    assert str(question.scope.published_after) == "2025-12-01"


def test_a_conversation_that_outgrows_a_question_is_still_taken_and_has_its_own_limit(visit: Visit) -> None:
    client = visit(FakeArchive(), max_chat_kib=256)
    before = [{"role": "assistant", "content": "x" * 100_000}, {"role": "user", "content": PESKOV}]
    assert client.post(PATH, json={"messages": before}).status_code == 200
    too_much = client.post(PATH, json={"messages": before * 3})
    assert too_much.status_code == 413
    assert too_much.json()["error"]["code"] == "body-too-large"


@pytest.mark.parametrize(
    ("body", "code", "param"),
    [
        ({"messages": user("x" * 501)}, "question-unusable", None),
        ({"messages": []}, "request-invalid", "body/messages"),
        ({"messages": [{"role": "system", "content": "Be brief."}]}, "question-unusable", None),
        ({"messages": [{"role": "user", "content": [{"type": "image_url"}]}]}, "question-unusable", None),
        ({"messages": user(MERZ), "n": 2}, "request-invalid", "body/n"),
        ({"messages": user(MERZ), "outlets": "Courier"}, "request-invalid", "body/outlets"),
    ],
)
def test_what_cannot_be_asked_is_the_clients_own_exception(
    client: openai.OpenAI, body: dict[str, object], code: str, param: str | None
) -> None:
    with pytest.raises(openai.UnprocessableEntityError) as raised:
        client.post(PATH.removeprefix("/v1"), body=body, cast_to=object)
    assert raised.value.code == code
    assert raised.value.param == param
    assert raised.value.type == "invalid_request_error"


def test_what_only_the_operator_can_mend_is_a_server_error_without_a_path() -> None:
    archive = FakeArchive(fails=ArchiveLocked("/srv/secret", "qa ingest"))
    with (
        serving(create_app(load_settings(web=WebSettings()), archive)) as address,
        openai.OpenAI(base_url=f"{address}/v1", api_key="x", max_retries=0) as client,
        pytest.raises(openai.InternalServerError) as raised,
    ):
        ask(client, PESKOV)
    assert raised.value.status_code == 503
    assert raised.value.code == "archive-locked"
    assert "/srv" not in str(raised.value)


def test_a_token_is_the_clients_key() -> None:
    with serving(create_app(load_settings(web=WebSettings(read_token=TOKEN)), FakeArchive())) as address:
        with openai.OpenAI(base_url=f"{address}/v1", api_key=TOKEN, max_retries=0) as client:
            assert ask(client, PESKOV).choices[0].message.annotations
        with (
            openai.OpenAI(base_url=f"{address}/v1", api_key="another", max_retries=0) as client,
            pytest.raises(openai.AuthenticationError) as raised,
        ):
            ask(client, PESKOV)
    assert raised.value.code == "reading-closed"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
MESSAGES = st.lists(
    st.fixed_dictionaries({"role": st.sampled_from(["user", "assistant", "tool"]) | JSON, "content": st.text() | JSON}),
    max_size=3,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.fixed_dictionaries({}, optional={"messages": MESSAGES | JSON, "stream": JSON, "stream_options": JSON, "n": JSON})
)
def test_whatever_is_sent_is_answered_or_an_error_of_whoever_sent_it(visit_once: TestClient, body: object) -> None:
    response = visit_once.post(PATH, content=json.dumps(body), headers={"content-type": "application/json"})
    assert response.status_code in {200, 400, 422}
    if response.status_code != 200:
        assert response.json()["error"]["message"]


@pytest.fixture
def visit_once(visit: Visit) -> TestClient:
    return visit(FakeArchive())


@pytest.mark.slow
def test_the_sample_archive_is_asked_with_the_client(served_settings: Settings) -> None:
    with (
        serving(create_app(served_settings)) as address,
        openai.OpenAI(base_url=f"{address}/v1", api_key="x") as client,
    ):
        message = ask(client, "Who is the Kremlin spokesman?").choices[0].message
        refusal = ask(client, "What did Macron say?").choices[0].message
    assert message.content
    assert message.content.startswith("Dmitry Peskov [1]")
    assert message.annotations
    assert refusal.content
    assert refusal.content.startswith("Not in this archive.")
    assert not refusal.annotations
