"""The stream of batches is reproducible, and its targets are the answers."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from qa.training.batches import TrainingBatch, batches
from qa.training.reader import load_data
from qa.training.recipe import Mix
from qa.training.rows import Example, to_context
from qa.wordpieces import UNCASED
from tests.qa.training.small import FERRY, HARBOUR, RECIPE, WORDPIECES, examples, write_rows


@pytest.fixture
def rows(tmp_path: Path) -> list[Example]:
    return examples(tmp_path)


def same(one: TrainingBatch, other: TrainingBatch) -> bool:
    return np.array_equal(one.batch.ids, other.batch.ids) and np.array_equal(one.begins, other.begins)


def test_the_stream_goes_on_from_any_batch_as_if_it_had_not_stopped(rows: list[Example]) -> None:
    whole = list(islice(batches(RECIPE, rows, {}), 40))
    resumed = list(islice(batches(RECIPE, rows, {}, first=23), 17))
    assert all(map(same, whole[23:], resumed))
    assert not all(map(same, whole[22:], resumed))


def test_strides_share_the_stream_out(rows: list[Example]) -> None:
    whole = list(islice(batches(RECIPE, rows, {}), 20))
    assert all(map(same, whole[1::2], islice(batches(RECIPE, rows, {}, first=1, stride=2), 10)))


def test_another_seed_is_another_stream(rows: list[Example]) -> None:
    other = batches(replace(RECIPE, seed=8), rows, {})
    assert not all(map(same, islice(batches(RECIPE, rows, {}), 10), islice(other, 10)))


def test_a_batch_keeps_to_its_size_and_a_window_to_its_own(rows: list[Example]) -> None:
    for batch in islice(batches(RECIPE, rows, {}), 60):
        assert batch.batch.attention.sum(axis=1).max() <= RECIPE.max_tokens
        assert batch.batch.attention.sum() <= RECIPE.batch_tokens


def test_a_target_spells_an_answer_or_is_the_start(rows: list[Example]) -> None:
    answers = {
        tuple(example.context.tokens.ids[first : last + 1]) for example in rows for first, last in example.answers
    }
    seen = set()
    for batch in islice(batches(RECIPE, rows, {}), 60):
        for ids, begin, end in zip(batch.batch.ids, batch.begins, batch.ends, strict=True):
            assert begin <= end
            if end:
                seen.add(tuple(ids[begin : end + 1]))
    assert seen == answers


def test_a_question_without_answer_is_only_ever_answered_by_the_start(rows: list[Example]) -> None:
    unanswered = [example for example in rows if not example.answers]
    assert all(batch.ends.max() == 0 for batch in islice(batches(RECIPE, unanswered, {}), 20))


def test_a_question_that_meets_a_retrieved_passage_is_not_answered(rows: list[Example]) -> None:
    context = to_context("Only the herring know.", WORDPIECES.tokens("Only the herring know."))
    herring = WORDPIECES.tokens("herring").ids[0]
    met = 0
    for batch in islice(batches(replace(RECIPE, mask=0.0), rows, {row.row.id: [context] for row in rows}), 60):
        for ids, end in zip(batch.batch.ids, batch.ends, strict=True):
            if herring in ids:
                met += 1
                assert end == 0
    assert met > 0


def test_retrieved_passages_stand_beside_each_context(rows: list[Example]) -> None:
    recipe = replace(RECIPE, beside=2, batch_tokens=512, mask=0.0, negatives=0.0)
    context = to_context("Only the herring know.", WORDPIECES.tokens("Only the herring know."))
    herring = WORDPIECES.tokens("herring").ids[0]
    for batch in islice(batches(recipe, rows, {row.row.id: [context] for row in rows}), 30):
        assert batch.abreast == 3
        asked = [window[1 : list(window).index(102)].tolist() for window in batch.batch.ids]
        assert all(asked[row] == asked[row - row % 3] for row in range(len(asked))), "one question in three windows"
        answered = (batch.ends > 0).reshape(-1, 3)
        assert not answered[:, 1:].any(), "only the first is the question's own"
        assert all(herring in batch.batch.ids[row : row + 3] for row in range(0, len(asked), 3))


def test_a_context_can_be_absent(rows: list[Example]) -> None:
    recipe = replace(RECIPE, beside=1, absent=1.0, batch_tokens=512)
    context = to_context("Only the herring know.", WORDPIECES.tokens("Only the herring know."))
    told = [row for row in rows if row.answers]
    for batch in islice(batches(recipe, told, {row.row.id: [context] for row in told}), 20):
        assert batch.ends.max() == 0


def test_only_the_passage_outside_the_answer_is_hidden(rows: list[Example]) -> None:
    hidden = 0
    for batch in islice(batches(replace(RECIPE, mask=0.5), rows, {}), 30):
        for row, (begin, end) in enumerate(zip(batch.begins, batch.ends, strict=True)):
            masked = np.flatnonzero(batch.batch.ids[row] == UNCASED.mask)
            hidden += len(masked)
            assert batch.batch.allowed[row, masked].all()
            assert 0 not in masked
            assert not ((masked >= begin) & (masked <= end)).any()
    assert hidden > 100


def test_a_pass_takes_each_set_in_its_amount(rows: list[Example]) -> None:
    recipe = replace(RECIPE, negatives=0.0, mask=0.0, sets={"small": Mix(answerable=0.0, unanswerable=2.0)})
    contexts = {text: WORDPIECES.tokens(text).ids[0] for text in (HARBOUR, FERRY)}
    assert len(contexts) == 2
    first_pass = next(batches(replace(recipe, batch_tokens=4096, short=(60, 61)), rows, {}))
    assert len(first_pass.begins) == 4, "two rows without answer, twice"


def test_made_questions_have_an_amount_of_their_own(tmp_path: Path) -> None:
    write_rows(tmp_path)
    recipe = replace(RECIPE, sets={"small": Mix(answerable=0.0, unanswerable=0.0, made=1.0)})
    some, _ = load_data(recipe, tmp_path, None, WORDPIECES)
    made = [one for one in some if one.row.made_of]
    assert made, "some of the questions can be changed"
    assert {one.row.made_of for one in made} <= {one.row.id for one in some if one.answers}
    whole = next(batches(replace(recipe, batch_tokens=4096, short=(60, 61), mask=0.0), some, {}))
    assert len(whole.begins) == len(made)
    assert whole.ends.max() == 0


def test_without_an_amount_no_questions_are_made(tmp_path: Path) -> None:
    write_rows(tmp_path)
    assert not any(one.row.made_of for one in load_data(RECIPE, tmp_path, None, WORDPIECES)[0])


def test_a_heading_stands_before_every_passage_of_a_question_or_before_none(tmp_path: Path) -> None:
    write_rows(tmp_path)
    sets = {"small": Mix(answerable=1.0, headed=True)}
    recipe = replace(RECIPE, headings=0.5, beside=1, max_tokens=96, batch_tokens=512, sets=sets)
    some, _ = load_data(recipe, tmp_path, None, WORDPIECES)
    title = WORDPIECES.tokens("The quay.").ids.tolist()
    titled = [replace(one, context=replace(one.context, heading=WORDPIECES.tokens("The quay."))) for one in some]
    seen = set()
    for batch in islice(batches(recipe, titled, {}), 30):
        for row in range(0, len(batch.batch.ids), 2):
            begins = [list(ids).index(102) + 1 for ids in batch.batch.ids[row : row + 2]]
            headed = [
                ids[at : at + len(title)].tolist() == title
                for ids, at in zip(batch.batch.ids[row : row + 2], begins, strict=True)
            ]
            assert headed[0] == headed[1]
            seen.add(headed[0])
            if headed[0]:
                assert not batch.batch.allowed[row, begins[0] : begins[0] + len(title)].any()
    assert seen == {True, False}
