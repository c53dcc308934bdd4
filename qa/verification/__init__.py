"""A quotation becomes a :class:`Verification`: verbatim, altered, stitched together or absent, word by word."""

from qa.verification.verifying import Change, Difference, Piece, QuotationSearch, Verdict, Verification, verify

__all__ = ["Change", "Difference", "Piece", "QuotationSearch", "Verdict", "Verification", "verify"]
