"""Pages of text -> a PDF, written by hand: what tests read is as small as it can be."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["Words", "pdf"]

Words = tuple[float, float, float, str]  # left, baseline, size, text


def pdf(pages: Sequence[Sequence[Words]], told: str = "") -> bytes:
    """A4 pages in Helvetica; ``told`` is the information dictionary's inside."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>"
        % (len(pages), b" ".join(b"%d 0 R" % (5 + 2 * number) for number in range(len(pages)))),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<<%s>>" % told.encode("cp1252"),
    ]
    for number, words in enumerate(pages):
        drawn = b"\n".join(
            b"BT /F1 %g Tf %g %g Td (%s) Tj ET" % (size, left, base, _escaped(text)) for left, base, size, text in words
        )
        place = 5 + 2 * number
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
            % (place + 1)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn))
    file, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    file += b"".join(b"%010d 00000 n \n" % place for place in places)
    return file + b"trailer<</Size %d/Root 1 0 R/Info 4 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def _escaped(text: str) -> bytes:
    for mark in "\\()":
        text = text.replace(mark, f"\\{mark}")
    return text.encode("cp1252")
