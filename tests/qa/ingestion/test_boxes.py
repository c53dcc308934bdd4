from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from qa.ingestion.boxes import FEATURES, WEIGHTS, boxes_in, without_boxes

_BODY = [
    "The ferry between Ondry and Lower Sill will stop on Sunday, the harbour office said.",
    "“We cannot weld a hull for ever,” said Ilse Dornach, who runs the harbour office of Ondry.",
    "The ferry has carried some 340 people a day since the bridge over the Sill was closed.",
    "A new ferry has been ordered from a yard in Velmora and is due in two years.",
]
_CARD = '<div class="card"><h3>Our letter</h3><p>Every Friday we write to you what the week was like here.</p></div>'


def _page(*inner: str) -> Any:
    return html.document_fromstring(
        f"<html><body><main><h1>Ferry stops</h1><div class=text>{''.join(inner)}</div></main></body></html>"
    )


def _told(tree: Any, **known: str) -> str:
    said = {"title": "Ferry stops", "outlet": "Ondry Mail", "language": "en", "stated": "", **known}
    return str(without_boxes(tree, **said).text_content())


def _paragraphs() -> list[str]:
    return [f"<p>{each}</p>" for each in _BODY]


def test_a_fact_box_in_an_aside_stays_for_the_extractor_and_a_pull_quote_does_not() -> None:
    """Extractors drop every ``aside``."""
    one, two, *rest = _paragraphs()
    facts = (
        "<aside><h3>The ferry</h3><ul><li>Built in 1931.</li><li>Four decks, of which two are shut.</li></ul></aside>"
    )
    tree = without_boxes(_page(one, two, facts, *rest), title="Ferry stops", outlet="", language="en", stated="")
    assert next(tree.iter("aside"), None) is None
    assert "Built in 1931." in tree.text_content()
    pulled = f"<aside><p>{_BODY[2]}</p></aside>"
    tree = without_boxes(_page(one, two, pulled, *rest), title="Ferry stops", outlet="", language="en", stated="")
    assert not [each for each in tree.iter("div") if each.getparent().get("class") == "text"]


def test_a_card_between_two_paragraphs_goes_and_every_paragraph_stays() -> None:
    one, two, *rest = _paragraphs()
    text = _told(_page(one, two, _CARD, *rest))
    assert "Friday" not in text
    assert all(each in text for each in _BODY)


def test_headings_lists_and_tables_among_the_paragraphs_stay() -> None:
    one, two, three, four = _paragraphs()
    table = "<table><tr><th>Year</th><td>340</td></tr></table>"
    text = _told(_page(one, "<h2>An old hull</h2>", two, "<ul><li>two inspections</li></ul>", three, table, four))
    assert "An old hull" in text
    assert "two inspections" in text
    assert "340" in text


def test_what_json_ld_states_as_text_stays_wherever_it_stands() -> None:
    letter = "Every Friday we write to you what the week was like here."
    page = (*_paragraphs()[:2], _CARD, *_paragraphs()[2:])
    assert letter not in _told(_page(*page))
    assert letter in _told(_page(*page), stated=" ".join([*_BODY[:2], "Our letter", letter, *_BODY[2:]]))


def test_where_everybody_says_you_that_tells_nothing() -> None:
    advice = [f"<p>You should keep {each} dry, and we would not lend you ours for the winter.</p>" for each in "abcd"]
    assert _told(_page(*advice)).count("You should keep") == 4


def test_a_page_without_a_body_has_no_boxes_and_stays() -> None:
    tree = _page("<p>Short.</p>", _CARD)
    assert boxes_in(tree, title="", outlet="", language="en", stated="") == []
    assert "Friday" in _told(tree)


def test_the_weights_are_of_these_figures() -> None:
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert tuple(stored["weights"]) == FEATURES
    assert Path(WEIGHTS.parent, "card.json").exists()


def test_the_time_grows_with_the_page() -> None:
    def work(times: int) -> float:
        tree = _page(*([*_paragraphs(), _CARD, "<span>x <a href=x>y</a></span>"]) * times)
        begun = time.process_time()
        boxes_in(tree, title="Ferry", outlet="", language="en", stated="")
        return time.process_time() - begun

    assert work(160) < 30 * max(work(16), 0.01)


@pytest.mark.parametrize(
    "last",
    [
        "Nobody voted against it.",
        "She did not reply.",
        "“You can walk,” he said.",
        'The <a href="/report">report</a> is public.',
        "<em>The office opens again on 4 July.</em>",
        "Who will pay for the bus?",
        "She told us that she would sleep well.",
        "The Ondry Mail saw the letter.",
        "Dornach, of the harbour office, did not answer our questions.",
        "The talks took four hours. (dpa)",
        "– We shall see, she says.",
        "« We shall see. »",
        "You can take bus 4.",
    ],
)
def test_a_short_last_sentence_stays(last: str) -> None:
    said = re.sub("<[^>]+>", "", last)
    assert said in _told(_page(*_paragraphs(), f"<p>{last}</p>"))


def test_a_note_to_the_reader_below_the_last_sentence_goes() -> None:
    for note in ("<p><em>Follow us where you like.</em></p>", "<p>Did you see it? Write to us.</p>"):
        assert " us" not in _told(_page(*_paragraphs(), note))


def test_short_sentences_among_the_body_stay_with_links_and_in_other_classes() -> None:
    one, two, *rest = _paragraphs()
    short = (
        '<p><a href="/o">The office</a> said so.</p>',
        "<p class=x-1>It was late.</p>",
        "<p>Did you expect it?</p>",
    )
    text = _told(_page(one, two, *short, *rest))
    assert all(each in text for each in ("said so", "It was late", "Did you expect it"))


def test_entries_of_a_live_page_stay_and_so_do_lists_with_few_links() -> None:
    entries = [f"<section class=entry><h3>Update {n}</h3><p>Boat {n} has left.</p></section>" for n in range(3)]
    items = '<ul><li>No boats after ten or on Sundays</li><li>A <a href="/t">bus</a> for nurses at night.</li></ul>'
    steps = "<div class=steps><h2>What to do</h2><ol><li>Wait.</li><li>Row.</li></ol></div>"
    text = _told(_page(*_paragraphs(), *entries, items, steps, "<p>It is open.</p>"))
    assert all(f"Boat {n} has left." in text for n in range(3))
    assert all(each in text for each in ("or on Sundays", "Row.", "It is open."))


def test_a_list_of_links_goes() -> None:
    links = '<ul><li><a href="/a">The yard in Velmora closes</a></li><li><a href="/b">No bridge until May</a></li></ul>'
    assert "Velmora closes" not in _told(_page(*_paragraphs(), links))


def test_what_folds_open_stays_and_so_does_a_last_sentence_in_a_box_of_its_own() -> None:
    folds = [f"<details><summary>What {n}?</summary><p>You pay {n} for it.</p></details>" for n in range(3)]
    text = _told(_page(*_paragraphs(), *folds, "<div class=end><p>She left at ten.</p></div>"))
    assert all(each in text for each in ("You pay 0", "You pay 2", "She left at ten."))


def test_whoever_speaks_last_in_a_transcript_is_no_note() -> None:
    said = ("<p><b>HOLT:</b> No.</p>", "<p><b>VENN:</b> Why not?</p>", "<p><b>HOLT:</b> You asked us to come.</p>")
    assert "You asked us to come." in _told(_page(*_paragraphs(), *said))


@pytest.mark.parametrize(
    "pulled",
    [
        "<blockquote class=pull><p>We cannot weld a hull for ever.</p><cite>Ilse Dornach</cite></blockquote>",
        "<figure><blockquote>“A new ferry has been ordered from a yard in Velmora”</blockquote></figure>",
        "<div class=pq><p>The ferry has carried some 340 people a day</p><p class=who>The harbour office</p></div>",
    ],
)
def test_a_pull_quote_goes_with_its_signature_since_its_words_stand_elsewhere(pulled: str) -> None:
    one, two, *rest = _paragraphs()
    assert _told(_page(one, two, pulled, *rest)) == _told(_page(one, two, *rest))


def test_a_block_quote_that_is_said_nowhere_else_stays() -> None:
    one, two, *rest = _paragraphs()
    quoted = "<blockquote><p>We have welded this hull for thirty years, and it holds.</p></blockquote>"
    assert "thirty years" in _told(_page(one, two, quoted, *rest))


def test_a_paragraph_that_breaks_off_at_an_offer_stays() -> None:
    broken = "“I am not saying anything else,” she told the Ondry Mail. The office confirmed that"
    offer = (
        "<div><h2>Read on</h2><p>You have read what is free. Our letter tells you more.</p><a href=/s>Join</a></div>"
    )
    text = _told(_page(*_paragraphs(), f'<p class="fade">{broken}</p>', offer))
    assert broken in text
    assert "Read on" not in text


def test_readers_words_with_how_long_ago_they_were_written_go_whatever_their_length() -> None:
    said = "Nobody asked the people on the other side, and they are the ones who have to go round by the bridge."
    voice = "<div class=v><div class=who>gull</div><div class=when>{}</div><div><p>{}</p></div></div>"
    voices = "".join(voice.format(when, said) for when in ("2 days ago", "yesterday"))
    page = html.document_fromstring(
        f"<html><body><div><div><h1>Ferry stops</h1><div class=text>{''.join(_paragraphs())}</div></div>"
        f"<div class=voices>{voices}</div><div><p>Say it here.</p><textarea></textarea></div></div></body></html>"
    )
    text = _told(page)
    assert "Nobody asked" not in text
    assert all(each in text for each in _BODY)


def test_a_short_box_that_offers_a_letter_to_its_reader_goes() -> None:
    one, two, *rest = _paragraphs()
    offer = "<div class=offer><p>With the newsletter Ondry at Six you know each morning what the river did.</p></div>"
    text = _told(_page(one, two, offer, *rest))
    assert "each morning" not in text
    assert all(each in text for each in _BODY)


def test_a_last_line_in_italics_that_offers_a_letter_goes_and_an_appeal_in_the_text_stays() -> None:
    offer = "<p><i>Join our WhatsApp group and hear of the ferry first. You can leave it any time.</i></p>"
    assert "hear of the ferry" not in _told(_page(*_paragraphs(), offer))
    appeal = "Have you seen the missing ferry boat? The harbour office asks for pictures by WhatsApp."
    assert appeal in _told(_page(*_paragraphs(), f"<p>{appeal}</p>"))


def test_what_only_looks_like_a_pull_quote_or_comments_stays() -> None:
    one, two, *rest = _paragraphs()
    refrain = (
        "<blockquote><p>We cannot weld for ever.</p><p>We can only row, and rowing is what we do.</p></blockquote>"
    )
    assert "rowing is what" in _told(_page(one, two, refrain, *rest))
    entry = "<section><span>{} hours ago</span><p>The {} boat left the quay with {}.</p></section>"
    load = "forty people, a goat, two crates of eels and a piano that nobody had ordered, the harbour office said, and"
    entries = [entry.format(hours, name, f"{load} more") for hours, name in ((2, "second"), (3, "first"))]
    text = _told(_page(*_paragraphs(), f"</div><div class=live>{''.join(entries)}<textarea></textarea>"))
    assert "The second boat left" in text
    assert "The first boat left" in text
