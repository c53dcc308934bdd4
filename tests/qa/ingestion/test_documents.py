from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.qa.ingestion.reading import paragraphs, read_error, read_one
from tests.qa.ingestion.test_packed import written, zipped

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CORE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>Document1</dc:title>
<dc:creator>{author}</dc:creator><cp:lastModifiedBy>admin</cp:lastModifiedBy>
<dcterms:created>2026-01-12T09:30:00Z</dcterms:created><dcterms:modified>2026-01-13T09:30:00Z</dcterms:modified>
</cp:coreProperties>"""
STYLES = f"""<w:styles xmlns:w="{WORD}"><w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Beschriftung"><w:name w:val="caption"/></w:style></w:styles>"""
TEXT = """<w:p><w:pPr><w:pStyle w:val="Titel"/></w:pPr><w:r><w:t>Ferry to close</w:t></w:r></w:p>
<w:p><w:r><w:t>By Odile Brandreth</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">The council </w:t></w:r><w:del><w:r><w:delText>refused</w:delText></w:r></w:del>
<w:ins><w:r><w:t xml:space="preserve">voted </w:t></w:r></w:ins>
<w:r><w:rPr><w:b/></w:rPr><w:t>on</w:t><w:br/><w:t>Monday.</w:t></w:r>
<w:r><w:rPr><w:vanish/></w:rPr><w:t>Secret.</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Beschriftung"/></w:pPr><w:r><w:t>A boat on the water.</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="berschrift1"/></w:pPr><w:r><w:t>What comes next</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Nobody cheered.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"""
OFFICE = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
CONTENT = f"""<?xml version="1.0" encoding="UTF-8"?><office:document-content {OFFICE}><office:automatic-styles>
<style:style style:name="P1" style:parent-style-name="Title"/></office:automatic-styles><office:body><office:text>
<text:tracked-changes><text:p>Struck out.</text:p></text:tracked-changes>
<text:p text:style-name="P1">Ferry to close</text:p>
<text:p>The<text:s/>council <text:span>voted</text:span><text:note><text:p>A note.</text:p></text:note>
on<text:line-break/>Monday.
<draw:frame><draw:text-box><text:p>A caption.</text:p></draw:text-box></draw:frame></text:p>
<text:h>What comes next</text:h><text:list><text:list-item><text:p>Nobody cheered.</text:p></text:list-item></text:list>
</office:text></office:body></office:document-content>"""
META = f"""<office:document-meta {OFFICE}><office:meta><dc:title>Untitled</dc:title><meta:initial-creator>Odile
Brandreth</meta:initial-creator><dc:creator>Someone Else</dc:creator>
<meta:creation-date>2026-01-12T09:30:00</meta:creation-date>
<dc:date>2026-01-13T10:00:00</dc:date></office:meta></office:document-meta>"""


def docx(text: str, author: str = "Odile Brandreth") -> bytes:
    document = f'<w:document xmlns:w="{WORD}"><w:body>{text}</w:body></w:document>'
    parts = {"word/document.xml": document, "docProps/core.xml": CORE.format(author=author), "word/styles.xml": STYLES}
    return zipped({name: part.encode() for name, part in parts.items()})


def odt(content: str = CONTENT) -> bytes:
    return zipped({"content.xml": content.encode(), "meta.xml": META.encode()})


@pytest.mark.parametrize("name", ["a.docx", "a.odt"])
def test_text_headline_author_and_days_are_read(tmp_path: Path, name: str) -> None:
    article = read_one(written(tmp_path, name, docx(TEXT) if name.endswith("docx") else odt()))
    assert paragraphs(article) == ["The council voted on Monday.", "What comes next", "Nobody cheered."]
    assert (article.title, article.byline) == ("Ferry to close", "Odile Brandreth")
    assert article.published == date(2026, 1, 12)
    assert article.modified is not None
    assert article.modified.day == 13


def test_what_the_head_states_counts_before_the_properties(tmp_path: Path) -> None:
    lines = ["Ferry to close", "By Corin Vale", "February 3, 2026", "The council voted on Monday.", "Nobody cheered."]
    text = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    article = read_one(written(tmp_path, "a.docx", docx(text, "user")))
    assert (article.title, article.byline, article.published) == ("Ferry to close", "Corin Vale", date(2026, 2, 3))
    without = read_one(written(tmp_path, "b.docx", docx("".join(text.partition("<w:p><w:r><w:t>The")[1:]), "user")))
    assert (without.title, without.byline, without.published) == ("Document1", None, date(2026, 1, 12))


def test_a_row_of_a_table_is_one_paragraph_and_a_cell_of_text_is_its_own(tmp_path: Path) -> None:
    def row(*cells: str) -> str:
        return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"

    def line(text: str) -> str:
        return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"

    table = f"<w:tbl>{row(line('Boats'), line('two'))}{row(line('One.') + line('Two.'), line('Three.'))}</w:tbl>"
    assert paragraphs(read_one(written(tmp_path, "a.docx", docx(TEXT + table))))[-4:] == [
        "Boats | two",
        "One.",
        "Two.",
        "Three.",
    ]


def test_paragraphs_whose_parting_was_struck_out_are_one(tmp_path: Path) -> None:
    struck = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space='preserve'>It rained </w:t></w:r></w:p>"
    text = f"{TEXT}{struck}<w:p><w:r><w:t>all day.</w:t></w:r></w:p>"
    assert paragraphs(read_one(written(tmp_path, "a.docx", docx(text))))[-1] == "It rained all day."
    assert paragraphs(read_one(written(tmp_path, "b.docx", docx(TEXT + struck))))[-1] == "It rained"


def test_a_day_of_a_change_before_the_file_was_begun_is_a_templates(tmp_path: Path) -> None:
    file = written(tmp_path, "a.docx", docx(TEXT))
    assert read_one(file).modified is not None
    early = zipped(
        {
            "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{TEXT}</w:body></w:document>'.encode(),
            "docProps/core.xml": CORE.format(author="x").replace("2026-01-13", "2013-01-13").encode(),
        }
    )
    assert read_one(written(tmp_path, "b.docx", early)).modified is None


def test_what_is_no_document_is_an_error(tmp_path: Path) -> None:
    assert "cannot be read" in read_error(written(tmp_path, "a.docx", b"")).reason
    assert "cannot be read" in read_error(written(tmp_path, "b.odt", odt()[:300])).reason
    assert "no content.xml" in read_error(written(tmp_path, "c.odt", docx(TEXT))).reason
    assert "password" in read_error(written(tmp_path, "d.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 500)).reason
    assert read_error(written(tmp_path, "e.docx", docx(""))).reason == "no text"
    assert "not XML" in read_error(written(tmp_path, "f.odt", odt(CONTENT[:900]))).reason


def test_bombs_in_documents_are_refused(tmp_path: Path) -> None:
    large = docx("<w:p><w:r><w:t>" + "a" * 1_100_000 + "</w:t></w:r></w:p>")
    assert "the limit of 1 MiB" in read_error(written(tmp_path, "a.docx", large)).reason
    entities = '<!DOCTYPE a [<!ENTITY a "ha">]>' + CONTENT.partition("?>")[2]
    assert "declares entities" in read_error(written(tmp_path, "b.odt", odt(entities))).reason
    deep = docx("<w:tbl>" * 5_000 + "</w:tbl>" * 5_000)
    assert "not XML" in read_error(written(tmp_path, "c.docx", deep)).reason
