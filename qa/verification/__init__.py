"""A quotation becomes a :class:`Verification`: verbatim, damaged, altered, stitched, absent; a draft one for each."""

from typing import TYPE_CHECKING

from qa.verification.drafting import LONGEST_DRAFT, Checked, DraftCheck, Judgement, check_draft, said_in
from qa.verification.matching import Source
from qa.verification.verifying import Change, Difference, Piece, QuotationSearch, Verdict, Verification, verify

if TYPE_CHECKING:
    from qa.verification.texts import Texts, verify_in
else:
    from qa.lazily import members

    __getattr__ = members(__name__, {"texts": ("Texts", "verify_in")})  # needs numpy

__all__ = [
    "LONGEST_DRAFT",
    "Change",
    "Checked",
    "Difference",
    "DraftCheck",
    "Judgement",
    "Piece",
    "QuotationSearch",
    "Source",
    "Texts",
    "Verdict",
    "Verification",
    "check_draft",
    "said_in",
    "verify",
    "verify_in",
]
