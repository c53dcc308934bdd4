"""Words that many modules look for, each list once: months, weekdays and cardinal numbers, in English and German.

In lower case, in their order. Whoever wants them with a capital, or as a pattern, makes that of these. The months of
other languages, as pages print them, are :mod:`qa.ingestion.months`.
"""

from __future__ import annotations

__all__ = ["CARDINALS", "CARDINALS_GERMAN", "MONTHS", "MONTHS_GERMAN", "ONES", "TENS", "WEEKDAYS", "WEEKDAYS_GERMAN"]


def _words(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


MONTHS = _words("january february march april may june july august september october november december")
MONTHS_GERMAN = _words("januar februar märz april mai juni juli august september oktober november dezember")
WEEKDAYS = _words("monday tuesday wednesday thursday friday saturday sunday")
WEEKDAYS_GERMAN = _words("montag dienstag mittwoch donnerstag freitag samstag sonntag")
ONES = _words(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
    """
)
TENS = _words("twenty thirty forty fifty sixty seventy eighty ninety")
CARDINALS = ONES + TENS
CARDINALS_GERMAN = _words(
    """
    eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig vierzig fünfzig sechzig siebzig
    achtzig neunzig
    """
)
