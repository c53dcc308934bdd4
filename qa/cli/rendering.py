"""Outcomes, articles and reports -> what a terminal shows.

Promises: quoted words are printed as they are stored (rich's markup in an article is not obeyed), and nothing depends
on colour alone. What it does not know: exit codes, settings, JSON.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from types import MappingProxyType

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from qa.answering.contrary import HOW_OPPOSED
from qa.answering.days import COUNTED_FROM, corrected_when, in_stretches, said_when, told_when
from qa.answering.denying import denied
from qa.assistant import Finding, IngestReport
from qa.catalog import ArticleSummary
from qa.output.plain import also_in, asked_back, gist, is_said
from qa.people import Profile
from qa.stories import Change as WordChange
from qa.stories import readable
from qa.types import (
    Ambiguous,
    Answer,
    AnswerKind,
    Article,
    Citation,
    Correction,
    Outcome,
    Question,
    Resolution,
    Span,
    Speaker,
    Standing,
    Statement,
    StatementForm,
    StatementKind,
    Step,
    Story,
    Struck,
)
from qa.verification import Change, Difference, DraftCheck, Judgement, Piece, Verdict, Verification

__all__ = [
    "console",
    "render_article",
    "render_articles",
    "render_differences",
    "render_findings",
    "render_outcome",
    "render_report",
    "render_speakers",
    "render_statements",
    "render_verification",
]

FORMS = {
    StatementForm.DIRECT: "direct",
    StatementForm.MIXED: "partly quoted",
    StatementForm.INDIRECT: "reported",
}


def render_outcome(outcome: Outcome) -> RenderableType:
    """Show an answer with its citations, or a refusal with its reason and what came nearest."""
    if isinstance(outcome, Answer):
        return Group(*_answered(outcome), _measure(outcome), *_which(outcome.ambiguous), *_read_as(outcome.question))
    unsure = outcome.standing is Standing.NOT_SURE
    refusal = Text("\n").join(
        [Text(gist(outcome), style="bold"), *_which(outcome.ambiguous), *_read_as(outcome.question)]
    )
    if not outcome.nearest:
        return refusal
    label = "To read, the likeliest first" if unsure else "Nearest, but not an answer"
    return Group(refusal, Text(f"\n{label}:", style="dim"), *_citations(outcome.nearest))


def _answered(answer: Answer) -> Iterator[RenderableType]:
    """The citations; of a comparison, each side's under whom it is of."""
    if answer.steps:
        yield from _course(answer)
    elif answer.pairs:
        yield from _opposed(answer)
    elif not answer.sides:
        yield from _citations(answer.citations)
    for at, side in enumerate(answer.sides):
        count = f"{len(side.citations)} statement{'' if len(side.citations) == 1 else 's'}"
        yield Text(f"{chr(10) * bool(at)}{', '.join(side.names)}: {count}", style="bold underline")
        yield from _citations(side.citations)


def _opposed(answer: Answer) -> Iterator[RenderableType]:
    """Each claim, and after it what says otherwise."""
    for claim, several in groupby(answer.pairs, lambda one: one.claim):
        yield from _citations([answer.citations[claim - 1]])
        for how, alike in groupby(several, lambda one: one.how):
            yield Text(f"\n    {HOW_OPPOSED[how]}:", style="bold")
            yield from _citations([answer.citations[one.otherwise - 1] for one in alike])


def _course(answer: Answer) -> Iterator[RenderableType]:
    """Each citation beneath the days of its words, with what is worded otherwise than before."""
    citations = {one.number: one for one in answer.citations}
    steps = {one.number: one for one in answer.steps}
    for at, (words, several) in enumerate(in_stretches(answer.steps)):
        yield Text(f"{chr(10) * bool(at)}{words}", style="bold underline")
        for step in several:
            yield from _citations([citations[step.number]])
            if step.since:
                when = said_when(steps[step.since])
                yield _indented(_otherwise(step, when, citations[step.number], citations[step.since]))


def _otherwise(step: Step, when: str | None, now: Citation, then: Citation) -> Text:
    before = f"[{step.since}]{f', {when}' if when else ''}"
    told = Text(f"otherwise than in {before}:" if step.rewordings else f"compare {before}", style="cyan")
    for one in step.rewordings:
        was, is_now = (
            (_denied(cited) if spans else "") + " … ".join(span.of(cited.article.text) for span in spans)
            for cited, spans in ((then, one.then), (now, one.now))
        )
        told.append(f"\n  {'figure: ' if one.figure else ''}{was or '(not there)'} → {is_now or '(left out)'}")
    return told


def _read_as(question: Question) -> list[Text]:
    """How a question was read, where its words alone do not say it."""
    return [line for line in (_respelt(question), _carried(question), _days(question)) if line]


def _which(several: Iterable[Ambiguous]) -> list[Text]:
    """Ask back where a name is that of several people."""
    return [Text(asked_back(one), style="yellow") for one in several]


def _respelt(question: Question) -> Text | None:
    """Which words were read for words with a slip."""
    return Text(f"read as: {', '.join(question.respelt)}", style="dim") if question.respelt else None


def _carried(question: Question) -> Text | None:
    """What was taken from earlier questions."""
    if not question.completed:
        return None
    told = ", ".join(
        f"{one.words} = {one.value}" if one.words else f"{one.part}: {one.value}" for one in question.filled_in
    )
    return Text(f"understood as “{question.text}”{f' ({told})' if told else ''}", style="dim")


def _days(question: Question) -> Text | None:
    """Which days the words of a question were taken to mean."""
    if question.dates_said is None:
        return None
    days = [("from", question.scope.published_after), ("until", question.scope.published_before)]
    meant = " ".join(f"{word} {day}" for word, day in days if day)
    counted = COUNTED_FROM[question.counted_from]
    return Text(
        f"“{question.dates_said}” was read as {meant}{counted}; --after and --before choose other days", style="dim"
    )


def _measure(answer: Answer) -> Text:
    milliseconds = answer.timings_ms.get("total", 0.0)
    return Text(f"\n{_sure(answer)} · {milliseconds:.0f} ms", style="dim")


def _sure(answer: Answer) -> str:
    """How sure an answer is; of a list, which of its statements are not surely this speaker's."""
    if answer.kind is AnswerKind.PASSAGES:
        return "articles with these words"
    if answer.kind not in (AnswerKind.STATEMENTS, AnswerKind.COMPARISON, AnswerKind.COURSE, AnswerKind.CONTRARY):
        return f"confidence {answer.confidence:.0%}"
    said = [one.statement for one in answer.citations if one.statement]
    if not said:
        return f"{len(answer.citations)} numbers"
    unsure = sum(one.unsure for one in said)
    return f"{len(said)} statement{'' if len(said) == 1 else 's'}" + (f", {unsure} of them unsure" if unsure else "")


def _citations(citations: Sequence[Citation]) -> Iterator[RenderableType]:
    """Each citation's exact words first; its sentence and source once for neighbours that share them."""
    for citation, following in zip(citations, [*citations[1:], None], strict=True):
        yield from _words(citation)
        if following is None or _place(following) != _place(citation) or citation.also_in:
            yield from _source(citation)


def _place(citation: Citation) -> tuple[str, int, int]:
    return citation.article.id, citation.sentence.start, citation.sentence.end


def _words(citation: Citation) -> Iterator[RenderableType]:
    yield Text()
    words = _struck_through(citation.article, citation.span, citation.outdated, style="bold")
    yield Text(f"[{citation.number}] ", style="bold cyan") + Text(_denied(citation), style="red") + words
    if who := _who(citation):
        yield _indented(Text(who, style="cyan"))


def _denied(citation: Citation) -> str:
    """That the words are not what the speaker says, but what they deny."""
    said = citation.statement
    return "denied: " if said and is_said(citation) and denied(said, citation.article) else ""


def _source(citation: Citation) -> Iterator[RenderableType]:
    article, page = citation.article, citation.article.page_of(citation.span)
    if citation.sentence != citation.span:
        yield _indented(_struck_through(article, citation.sentence, citation.struck))
    printed = (*_printed_in(article), f"page {page}" if page else None)
    yield _indented(Text(" · ".join(filter(None, printed)), style="dim"))
    for correction in citation.corrections:
        yield _indented(Text(_corrected(correction, article, citation.sentence), style="yellow"))
    if citation.also_in:
        fullest = {one.id: "(the fullest)" for one in (citation.fullest,) if one}
        others = ", ".join(
            " ".join(filter(None, (other.outlet, other.id, fullest.get(other.id)))) for other in citation.also_in
        )
        yield _indented(Text(f"also in {others}", style="dim"))


def _indented(text: Text) -> Padding:
    return Padding(text, (0, 0, 0, 4), expand=False)


def _who(citation: Citation) -> str | None:
    """Who says it, by name and role, with mention and cue as printed."""
    statement = citation.statement
    if statement is None or statement.speaker is None:
        return None
    speaker = statement.speaker
    cue = _cue(statement, citation.article.text)
    name = " — ".join(filter(None, (speaker.name or speaker.mention, speaker.role)))
    form, told = FORMS[statement.form], told_when(citation)
    return " · ".join(
        filter(
            None,
            (
                name,
                _mention(speaker),
                _via(statement, citation.article.text),
                f"cue: {cue}" if cue else None,
                form,
                f"{told}, as the article says" if told else None,
                "unsure who says it" if statement.unsure else None,
            ),
        )
    )


def _cue(statement: Statement, text: str) -> str:
    return " … ".join(span.of(text) for span in statement.cue)


def _via(statement: Statement, text: str) -> str | None:
    """From whom the article has the words."""
    return f"via {statement.via.of(text)}" if statement.via else None


def _mention(speaker: Speaker) -> str | None:
    """The speaker as printed, where that is neither the name nor a part of it, and how it was resolved."""
    if speaker.name is None:
        return "not traced to a name"
    if speaker.resolution is Resolution.NAMED or speaker.name in speaker.mention or speaker.mention in speaker.name:
        return None
    how = "" if speaker.resolution is Resolution.UNRESOLVED else f" (by {speaker.resolution.value})"
    return f"printed: {speaker.mention}{how}"


def render_statements(article: Article, statements: Sequence[Statement]) -> RenderableType:
    """Show who says what in an article: one row for each statement, one line for each piece of it."""
    table = Table(
        "speaker", "cue", "form", "words", "at", box=None, header_style="bold", pad_edge=False, padding=(0, 2, 1, 0)
    )
    for one in statements:
        style = "" if one.kind is StatementKind.SPEECH else "dim"
        table.add_row(
            _speaking(one, article.text),
            Text(_cue(one, article.text) or "—"),
            Text(_manner(one, article)),
            *_pieces(one, article),
            style=style,
        )
    heading = Text(" · ".join(filter(None, _printed_in(article))), style="bold")
    count = f"{len(statements)} statement{'' if len(statements) == 1 else 's'}"
    return Group(heading, Text(), *([table] if statements else []), Text(count, style="dim"))


def _speaking(statement: Statement, text: str) -> Text:
    speaker = statement.speaker
    if speaker is None:
        return Text("nobody named")
    lines = [speaker.name or speaker.mention, speaker.role, _mention(speaker), _via(statement, text)]
    return Text("\n".join(filter(None, lines)))


def _manner(statement: Statement, article: Article) -> str:
    denial = ", denied" if denied(statement, article) else ""
    thought = ", thought" if statement.kind is StatementKind.OTHER else ""
    return f"{FORMS[statement.form]}{denial}{thought}\n{statement.confidence:.0%}"


def _pieces(statement: Statement, article: Article) -> tuple[Text, Text]:
    words = "\n".join(span.of(article.text) for span in statement.content)
    return Text(words), Text("\n".join(f"{span.start}-{span.end}" for span in statement.content), style="dim")


def render_speakers(page: Sequence[Profile], total: int) -> RenderableType:
    """Show speakers as a table, with what articles call them and when."""
    table = Table("statements", "speaker", "role", "slug", "also spelt", box=None, header_style="bold", pad_edge=False)
    for one in page:
        spellings = ", ".join(spelling for spelling in one.spellings if spelling != one.name)
        table.add_row(
            str(one.statements), Text(one.name), Text(_role(one)), Text(one.slug), Text(spellings, style="dim")
        )
    return _counted(table, f"{len(page)} of {total} speakers")


def _counted(table: Table, count: str) -> RenderableType:
    """A table and how much of all it has; without its head where it has nothing."""
    shown = Text(count, style="dim")
    return Group(table, shown) if table.row_count else shown


def _role(profile: Profile) -> str:
    """The commonest role, and the days of the first and the last article that state it."""
    if not profile.roles:
        return "—"
    role = profile.roles[0]
    days = list(dict.fromkeys(day.isoformat() for day in (role.first, role.last) if day))
    return f"{role.title} ({' to '.join(days)})" if days else role.title


def _printed_in(article: Article) -> tuple[str | None, ...]:
    return article.outlet, article.published.isoformat() if article.published else None, article.title, article.id


def render_article(
    article: Article,
    versions: Sequence[str],
    corrections: Sequence[Correction] = (),
    story: Story | None = None,
) -> RenderableType:
    """Show one article, paragraph by paragraph; words that do not hold any more are struck through."""
    facts = [fact for fact in (*_printed_in(article)[:2], article.byline, article.url, article.id) if fact]
    parts: list[RenderableType] = [Text(article.title, style="bold"), Text(" · ".join(facts), style="dim")]
    if versions and versions[0] != article.id:
        parts.append(Text(f"There is a newer version: {versions[0]}", style="yellow"))
    parts += [Text(_corrected(one, article, Span(0, len(article.text))), style="yellow") for one in corrections]
    struck = [one for each in corrections for one in each.struck]
    for paragraph in article.paragraphs:
        parts += [Text(), _struck_through(article, paragraph.span, struck)]
    if story:
        parts += [Text(), *(Text(line, style="dim") for line in _copies(article, story))]
    return Group(*parts)


def _copies(article: Article, story: Story) -> Iterator[str]:
    """This copy's standing among all, then the others; two of one outlet are told apart by their titles."""
    yield f"This copy: {_standing(story, article.id)}. Others (`qa show {article.id} --against ID` shows what differs):"
    for copy in story.others(article.id):
        day = copy.published.isoformat() if copy.published else None
        told = (", ".join(copy.outlets), day, copy.title, _standing(story, copy.article_id), copy.article_id)
        yield f"  {' · '.join(filter(None, told))}"


def _standing(story: Story, article_id: str) -> str:
    copy = next((one for one in story.copies if one.article_id == article_id), None)
    if copy is None:
        return "an earlier version"
    told = ["the earliest"] * (copy == story.first) + ["the fullest"] * (copy == story.fullest)
    return ", ".join([*told, f"{copy.words} words"])


def render_differences(
    article: Article, other: Article, seen: Mapping[str, datetime] = MappingProxyType({})
) -> RenderableType:
    """Show what an article has otherwise than another, marked also without colour: [-gone-] and {+new+}."""
    shown = Text()
    for change, words in readable(other.text, article.text):
        if change is WordChange.SAME:
            shown.append(words)
        elif change is WordChange.REMOVED:
            shown.append(f"[-{words}-]", style="red")
        else:
            shown.append("{+" + words + "+}", style="green")
    heading = Group(
        Text(article.title, style="bold"),
        Text(_told_of(article, seen), style="dim"),
        Text(f"against {_told_of(other, seen)}: {other.title}", style="dim"),
        Text(),
    )
    return Group(heading, shown, Text())


def _told_of(article: Article, seen: Mapping[str, datetime]) -> str:
    at = f"seen {seen[article.id]:%Y-%m-%d %H:%M}" if article.id in seen else None
    return " · ".join(filter(None, (*_printed_in(article)[:2], at, article.id)))


def _corrected(correction: Correction, corrected: Article, shown: Span) -> str:
    """When an article was corrected, which words of what is shown, where that is told and how."""
    by = correction.article
    right = {
        one.span.of(corrected.text): one.right.of(by.text) if one.right else None
        for one in correction.struck
        if one.span.overlaps(shown)
    }
    words = ", ".join(f"“{wrong}” is now “{words}”" if words else f"not “{wrong}”" for wrong, words in right.items())
    when = " ".join(filter(None, [corrected_when(correction), None if correction.notice.own else f"({by.id})"]))
    notice = " ".join(correction.notice.span.of(by.text).split()) if right or not correction.struck else ""
    return ": ".join(filter(None, [" · ".join(filter(None, [when, words])), notice]))


def _struck_through(article: Article, within: Span, struck: Sequence[Struck], style: str = "") -> Text:
    """A stretch of an article as it is, of which the words that do not hold any more are struck through."""
    shown = Text(within.of(article.text), style=style)
    for one in struck:
        if one.span.overlaps(within):
            shown.stylize("strike", max(0, one.span.start - within.start), one.span.end - within.start)
    return shown


def render_articles(
    page: Sequence[ArticleSummary], total: int, stories: Mapping[str, Story] = MappingProxyType({})
) -> RenderableType:
    """Show a list of articles as a table, each with where its copies are."""
    table = Table("id", "date", "outlet", "title", box=None, header_style="bold", pad_edge=False)
    for one in page:
        notes = [note for note, holds in (("removed", one.hidden), ("old version", not one.current)) if holds]
        if one.id in stories:
            notes.append(also_in(one.outlet, [copy.outlets for copy in stories[one.id].others(one.id)]))
        title = one.title + (f" ({', '.join(notes)})" if notes else "")
        table.add_row(one.id, one.published.isoformat() if one.published else "—", Text(one.outlet or "—"), Text(title))
    return _counted(table, f"{len(page)} of {total} articles")


def render_report(report: IngestReport) -> RenderableType:
    """Show what became of an ingestion, failures last."""
    counts = ", ".join(f"{number} {status.replace('_', ' ')}" for status, number in sorted(report.counts.items()))
    summary = f"{counts or 'no articles'}; {report.passages} passages indexed in {report.seconds:.1f} s"
    lines = [Text(summary[0].upper() + summary[1:])]
    if "hidden" in report.counts:
        lines.append(Text("Hidden articles were removed earlier; --restore brings them back.", style="dim"))
    if report.passed_over:
        lines.append(Text(f"{_passed_over(report)}, which nothing here reads."))
    for failure in report.failures:
        lines.append(Text(f"failed: {failure}", style="red"))
        lines += [Text(f"  {href}  {headline}") for href, headline in failure.links]
    if report.set_aside:
        lines.append(Text(f"{report.set_aside} set aside; `qa ingest --retry` tries again.", style="dim"))
    return Group(*lines)


def _passed_over(report: IngestReport) -> str:
    """How many files of which kinds were left, the most frequent first: "Passed over 3 files (2 .docx, 1 .pdf)"."""
    total = sum(report.passed_over.values())
    kinds = sorted(report.passed_over.items(), key=lambda each: (-each[1], each[0]))
    named = ", ".join(f"{number} {kind or 'without a suffix'}" for kind, number in kinds)
    return f"Passed over {total} {'file' if total == 1 else 'files'} ({named})"


def render_findings(findings: Iterable[Finding]) -> RenderableType:
    """Show the doctor's report."""
    table = Table(box=None, show_header=False, pad_edge=False)
    for finding in findings:
        mark = Text("ok", style="green") if finding.sound else Text("FAULT", style="bold red")
        table.add_row(mark, finding.subject, Text(f"{finding.message.rstrip('.')}. {finding.remedy}".rstrip()))
    return table


_UNBROKEN = 1_000_000  # code points
_VERDICTS = {
    Verdict.VERBATIM: ("Verbatim", "the archive has these words, in this order.", "green"),
    Verdict.DAMAGED: ("Damaged", "the archive has these words; letters or spaces were misread.", "yellow"),
    Verdict.ALTERED: ("Altered", "the archive has nearly these words.", "yellow"),
    Verdict.STITCHED: ("Stitched", "the pieces are in the archive, but in several places.", "yellow"),
    Verdict.ABSENT: ("Absent", "the archive does not have these words.", "red"),
}


_JUDGEMENTS = {Judgement(verdict.value): words for verdict, words in _VERDICTS.items()} | {
    Judgement.MISATTRIBUTED: ("Said by another", "the archive has them from somebody else.", "red")
}


def render_verification(verification: Verification) -> RenderableType:
    """Show whether a quotation is in the archive, where, and which words differ."""
    name, meaning, style = _VERDICTS[verification.verdict]
    parts: list[RenderableType] = [Text(f"{name}: {meaning}", style=f"bold {style}")]
    for piece in verification.pieces:
        parts += [*_words(piece.citation), *_source(piece.citation)]
        parts += [_indented(_difference(difference)) for difference in piece.differences]
    return Group(*parts)


def render_draft(check: DraftCheck) -> RenderableType:
    """Show each quotation of a draft: what it is, who says it in the draft and in the archive, and where."""
    parts: list[RenderableType] = []
    for number, one in enumerate(check.quotations, start=1):
        name, meaning, style = _JUDGEMENTS[one.judgement]
        parts += [Text(f"{number}. {name}: {meaning}", style=f"bold {style}"), _indented(Text(one.span.of(check.text)))]
        if one.said_by:
            parts.append(_indented(Text(f"in the draft by {one.said_by.name or one.said_by.mention}", style="dim")))
        for piece in _places(one.verification):
            parts += [*_words(piece.citation), *_source(piece.citation)]
            parts += [_indented(_difference(difference)) for difference in piece.differences]
        parts.append(Text())
    told = Counter(one.judgement for one in check.quotations)
    counts = ", ".join(f"{told[each]} {each.value}" for each in Judgement if told[each])
    return Group(*parts, Text(f"{len(check.quotations)} quotations: {counts}"))


def _places(verification: Verification) -> tuple[Piece, ...]:
    """Where a quotation is: of the places that have all of it, the first."""
    whole = verification.verdict is Verdict.VERBATIM and len({one.span for one in verification.pieces}) == 1
    return verification.pieces[:1] if whole else verification.pieces


def _difference(difference: Difference) -> Text:
    if difference.change is Change.ADDED:
        return Text(f"the quotation adds “{difference.quoted}”")
    if difference.change is Change.DROPPED:
        return Text(f"the quotation drops “{difference.source}”")
    return Text(f"the quotation has “{difference.quoted}” for “{difference.source}”")


def console(*, stderr: bool = False) -> Console:
    """Make a console that prints text as it is, and does not break lines where no terminal shows them."""
    terminal = (sys.stderr if stderr else sys.stdout).isatty()
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False, width=None if terminal else _UNBROKEN)
