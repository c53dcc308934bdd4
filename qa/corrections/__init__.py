"""An article's text -> its notices of correction; a notice and the articles that it may mean -> what it corrects.

Pure, like the reading of questions: English and German. Promises: every notice, and both the right and the wrong words
that it names, are spans of the article where it stands. What this stage does not know: where articles are kept, which
of them are candidates, what becomes of an answer. Also called: erratum, editor's note, retraction, ednote.
"""

from qa.corrections.linking import corrected_by, correction_of, days_of, is_meant_as_notice, terms_of
from qa.corrections.notices import notices_in, own_corrections, tells_of_correction, told_wrong

__all__ = [
    "VERSION",
    "corrected_by",
    "correction_of",
    "days_of",
    "is_meant_as_notice",
    "notices_in",
    "own_corrections",
    "tells_of_correction",
    "terms_of",
    "told_wrong",
]

VERSION = "1"
"""What changes with the rules here: what was found by another version is found anew when the archive is changed."""
