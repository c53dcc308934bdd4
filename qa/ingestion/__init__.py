"""Files, folders and addresses -> articles -> passages.

    expand(sources)        names of files and addresses, folders walked
    read_articles(source)  articles, and an error for each file or record that gives none
    cut_passages(article)  what is indexed
    without_login(source)  an address as it may be shown and stored

Promise: text is normalised here, once; one bad file or record never stops the rest; errors name file, line and reason.
Not known here: whether an article is already in the archive, and what it is about.
"""

from qa.ingestion.addresses import without_login
from qa.ingestion.articles import read_articles
from qa.ingestion.passages import cut_passages
from qa.ingestion.sources import expand

__all__ = ["cut_passages", "expand", "read_articles", "without_login"]
