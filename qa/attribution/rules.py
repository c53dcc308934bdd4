"""An article -> its statements, by rules: the baseline behind the ``Attributor`` seam.

Patterns find source, cue and content (:mod:`qa.attribution.patterns`), a resolver says whom the source means
(:mod:`qa.attribution.speakers`). Promise: deterministic, no model, milliseconds for an article; every statement has a
cue of speech. What it does not know: grammar. docs/results/ says how often that matters.
"""

from __future__ import annotations

from collections.abc import Sequence

from qa.attribution.masking import find_quotations, mask_quotations, touching
from qa.attribution.patterns import find_attributions
from qa.attribution.speakers import speakers_of
from qa.attribution.version import VERSION
from qa.types import Article, Span, Statement, StatementForm

__all__ = ["RuleAttributor", "form_of"]


class RuleAttributor:
    """Finds statements by patterns; satisfies ``qa.protocols.Attributor``."""

    @property
    def digest(self) -> str:
        """Changes with what the rules find."""
        return f"rules-{VERSION}"

    def attribute(self, article: Article) -> list[Statement]:
        """Return the article's statements in reading order."""
        text = article.text
        quotations = find_quotations(text)
        masked = mask_quotations(text, quotations)
        attributions = list(find_attributions(masked, [paragraph.span for paragraph in article.paragraphs]))
        speakers = speakers_of(text, masked, [found.source for found in attributions if found.source], article.title)
        return [
            Statement(
                article_id=article.id,
                speaker=speakers[found.source] if found.source else None,
                source=(found.source,) if found.source else (),
                cue=(found.cue,),
                content=found.content,
                form=form_of(found.content, quotations),
            )
            for found in attributions
        ]


def form_of(content: Sequence[Span], quotations: Sequence[Span]) -> StatementForm:
    """Direct when every fragment lies in quotation marks, mixed when some of it does, else indirect."""
    quoted = [any(one.contains(fragment) for one in touching(quotations, fragment)) for fragment in content]
    if all(quoted):
        return StatementForm.DIRECT
    touched = any(True for fragment in content for _ in touching(quotations, fragment))
    return StatementForm.MIXED if touched else StatementForm.INDIRECT
