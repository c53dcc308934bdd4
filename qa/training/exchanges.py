"""Words that are exchanged for one another in made questions: opposites, and kinds of which a thing is only one.

What this module does not know: grammar; what is listed can stand in another's place as it is.
"""

from __future__ import annotations

from collections.abc import Iterable

from qa.text.vocabulary import MONTHS, WEEKDAYS

__all__ = ["EXCLUSIVE", "OPPOSITES"]

_PAIRS = """
first last/largest smallest/biggest smallest/highest lowest/longest shortest/oldest youngest/oldest newest/best worst
most least/more fewer/more less/greater smaller/higher lower/larger smaller/older younger/richest poorest
earliest latest/earlier later/early late/upper lower/major minor/maximum minimum/majority minority
increase decrease/increased decreased
increases decreases/rise fall/rose fell/rising falling/win lose/won lost/winning losing/gain lose/gained lost
open close/opened closed/start end/started ended/begin end/began ended/beginning end/accept reject/accepted rejected
allow forbid/allowed forbade/support oppose/supported opposed/supporters opponents/attack defend/attacked defended
buy sell/bought sold/arrive leave/arrived left/enter leave/entered left/join leave/joined left/born buried
hired fired/hire fire/appointed dismissed/elected defeated/married divorced/arrested released/convicted acquitted
guilty innocent/legal illegal/success failure/succeed fail/succeeded failed/strong weak/stronger weaker/hot cold
public private/domestic foreign/internal external/positive negative/import export/imports exports/imported exported
import export/northern southern/eastern western/north south/east west/hard easy/cheap expensive/common rare
rich poor/present absent/approved rejected/approve reject/agreed refused/agree refuse/praised criticised
praise criticise/love hate/like dislike/admitted denied/admit deny/built destroyed/build destroy/created abolished
create abolish/include exclude/included excluded/raise lower/raised lowered/expand shrink/expanded shrank/above below
inside outside/ancestor descendant/ancestors descendants/victory defeat/profit loss/friend enemy/allies enemies
survived died/advantages disadvantages/advantage disadvantage/benefit harm/benefits harms
"""
_KINDS = """
spring summer autumn winter
king queen prince princess duke emperor
mayor governor senator president chancellor ambassador
brother sister cousin uncle aunt
father mother grandfather grandmother
husband wife
son daughter nephew niece
man woman
boy girl
actor singer painter novelist poet dancer
doctor lawyer teacher farmer soldier priest
killed injured kidnapped
dead wounded missing
red blue green yellow purple
football cricket tennis basketball baseball hockey rugby
French German Italian Spanish Portuguese Swedish Polish Turkish Greek
American British Canadian Australian Chinese Japanese Indian Russian Mexican Brazilian
Christian Muslim Jewish Buddhist Hindu
gold silver bronze copper
oil gas coal
army navy
book film album opera
movie novel song
hospital school church prison museum airport
river lake mountain island desert
ship plane car
earthquake flood hurricane wildfire
murder fraud theft arson
dog cat horse
breakfast dinner
university parliament court
"""


def _both_ways(pairs: Iterable[str]) -> dict[str, str]:
    table: dict[str, str] = {}
    for one, other in (pair.split() for pair in pairs):
        table.setdefault(one, other)
        table.setdefault(other, one)
    return table


OPPOSITES = _both_ways(pair for line in _PAIRS.strip().splitlines() for pair in line.split("/"))
_CALENDAR = (tuple(map(str.capitalize, names)) for names in (WEEKDAYS, MONTHS))
EXCLUSIVE = {
    word: kind for kind in (*_CALENDAR, *map(tuple, map(str.split, _KINDS.strip().splitlines()))) for word in kind
}
