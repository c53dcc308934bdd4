"""Files, folders and addresses -> articles -> passages.

    expand(sources)        names of files and addresses, folders walked
    read_drafts(source)    what its records say, and an error for each that cannot be read
    article_of(draft)      cleaned, normalised, named by its text
    read_articles(source)  both in one
    cut_passages(article)  what is indexed
    without_login(source)  an address as it may be shown and stored
    picture_of_page(data)  a page of a PDF, and layout_of_page(data) where words stand on it

Promise: text is normalised here, once; one bad file or record never stops the rest; errors name file, line and reason.
Not known here: whether an article is already in the archive, and what it is about. Each name is loaded when it is first
named: whoever asks an archive needs none of what reads pages and PDFs.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.ingestion.addresses import without_login
    from qa.ingestion.articles import article_of, read_articles, read_drafts, too_many_bad
    from qa.ingestion.guarding import failure_of, guarded
    from qa.ingestion.limits import Limits
    from qa.ingestion.metering import Meter
    from qa.ingestion.passages import cut_passages
    from qa.ingestion.pdf_pages import PageLayout, Sought, layout_of_page, picture_of_page
    from qa.ingestion.records import draft_again
    from qa.ingestion.sources import SUFFIXES, expand, is_address
else:
    from qa.lazily import members

    __getattr__ = members(
        __name__,
        {
            "addresses": ("without_login",),
            "articles": ("article_of", "read_articles", "read_drafts", "too_many_bad"),
            "guarding": ("failure_of", "guarded"),
            "limits": ("Limits",),
            "metering": ("Meter",),
            "passages": ("cut_passages",),
            "pdf_pages": ("PageLayout", "Sought", "layout_of_page", "picture_of_page"),
            "records": ("draft_again",),
            "sources": ("SUFFIXES", "expand", "is_address"),
        },
    )

__all__ = [
    "SUFFIXES",
    "Limits",
    "Meter",
    "PageLayout",
    "Sought",
    "article_of",
    "cut_passages",
    "draft_again",
    "expand",
    "failure_of",
    "guarded",
    "is_address",
    "layout_of_page",
    "picture_of_page",
    "read_articles",
    "read_drafts",
    "too_many_bad",
    "without_login",
]
