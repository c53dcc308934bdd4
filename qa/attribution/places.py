"""A phrase -> what it says somebody is from and for, in one spelling: "S.C.", "South Carolinian", "GOP", "German".

"The South Carolina senator" is "Sen. Lindsey Graham (R-S.C.)", and "the Ukrainian leader" is "Ukraine's president".
Promise: :func:`facts_of` of two phrases overlap where they name the same country, state or party. What this module does
not know: cities, and most small countries.
"""

from __future__ import annotations

import re

from qa.lazily import pattern
from qa.text import fold

__all__ = ["BELONGING", "PARTIES", "facts_of", "is_place", "spellings_of"]

# One place or party a line, in lower case: its name, then whatever else names it or what belongs to it.
_SPELLINGS = """
republican, republicans, gop, r
democratic, democrat, democrats, d
libertarian, libertarians
independent
labour
conservative, tory
united-states, united states, u.s., us, american, america, washington
united-nations, united nations, u.n., un
european-union, european union, e.u., eu, european, europe, brussels
britain, british, united kingdom, u.k., uk, london
england, english
scotland, scottish
wales, welsh
ireland, irish, dublin
germany, german, berlin
france, french, paris
italy, italian, rome
spain, spanish, madrid
portugal, portuguese, lisbon
netherlands, dutch, the hague
belgium, belgian
austria, austrian, vienna
switzerland, swiss
poland, polish, warsaw
hungary, hungarian, budapest
czech, czech republic, prague
slovakia, slovak
slovenia, slovenian
croatia, croatian
serbia, serbian
greece, greek, athens
turkey, turkish, ankara
cyprus, cypriot
romania, romanian
bulgaria, bulgarian
ukraine, ukrainian, kyiv, kiev
russia, russian, moscow, kremlin
belarus, belarusian
georgia, georgian, ga.
estonia, estonian
latvia, latvian
lithuania, lithuanian
finland, finnish, helsinki
sweden, swedish, stockholm
norway, norwegian, oslo
denmark, danish, copenhagen
iceland, icelandic
israel, israeli, jerusalem
palestine, palestinian
egypt, egyptian, cairo
iran, iranian, tehran
iraq, iraqi, baghdad
syria, syrian, damascus
lebanon, lebanese, beirut
jordan, jordanian
saudi-arabia, saudi arabia, saudi, riyadh
qatar, qatari
yemen, yemeni
libya, libyan
afghanistan, afghan, kabul
pakistan, pakistani, islamabad
india, indian, new delhi
china, chinese, beijing
taiwan, taiwanese
hong-kong, hong kong
japan, japanese, tokyo
south-korea, south korea, south korean, seoul
north-korea, north korea, north korean, pyongyang
vietnam, vietnamese
philippines, philippine, filipino, manila
indonesia, indonesian
malaysia, malaysian
singapore, singaporean
thailand, thai
myanmar, burma, burmese
australia, australian, canberra
new-zealand, new zealand
canada, canadian, ottawa
mexico, mexican, mexico city
cuba, cuban, havana
haiti, haitian
brazil, brazilian
argentina, argentine, argentinian
chile, chilean
colombia, colombian
venezuela, venezuelan, caracas
peru, peruvian
nigeria, nigerian
kenya, kenyan
ethiopia, ethiopian
south-africa, south africa, south african
alabama, ala.
alaska
arizona, ariz.
arkansas, ark.
california, calif., californian
colorado, colo.
connecticut, conn.
delaware, del.
florida, fla.
hawaii
idaho
illinois, ill.
indiana, ind., hoosier
iowa
kansas, kan.
kentucky, ky.
louisiana, la.
maine
maryland, md.
massachusetts, mass.
michigan, mich.
minnesota, minn.
mississippi, miss.
missouri, mo.
montana, mont.
nebraska, neb.
nevada, nev.
new-hampshire, new hampshire, n.h.
new-jersey, new jersey, n.j.
new-mexico, new mexico, n.m.
new-york, new york, n.y., new yorker
north-carolina, north carolina, n.c.
north-dakota, north dakota, n.d.
ohio, ohioan
oklahoma, okla.
oregon, ore.
pennsylvania, pa.
rhode-island, rhode island, r.i.
south-carolina, south carolina, s.c.
south-dakota, south dakota, s.d.
tennessee, tenn.
texas, tex., texan
utah
vermont, vt.
virginia, va., virginian
washington-state, wash.
west-virginia, west virginia, w.va.
wisconsin, wis.
wyoming, wyo.
"""
_ABBREVIATED = frozenset(("r", "d"))  # parties, in parentheses only: "(R-S.C.)"
_CANONICAL = {
    spelling.strip(): line.split(",")[0] for line in _SPELLINGS.strip().splitlines() for spelling in line.split(",")
}
BELONGING = frozenset(_CANONICAL.values())
PARTIES = frozenset(("republican", "democratic", "libertarian", "independent", "labour", "conservative"))
_ANY = pattern(
    r"(?<![\w.])(?:"
    + "|".join(re.escape(each) for each in sorted(_CANONICAL, key=len, reverse=True) if each not in _ABBREVIATED)
    + r")(?![\w])"
)
_PARTY_AND_STATE = pattern(r"\A([rd])(?:-(.+))?\Z")
_WORD = pattern(r"[^\W_]+(?:[-.’'][^\W_]+)*")
_SAYS_NOTHING = frozenset(("the", "a", "an", "of", "for", "and", "s", "his", "her", "its", "their", "former", "late"))


def facts_of(phrase: str) -> frozenset[str]:
    """List what a phrase says, word by word, with every place and party in its one spelling."""
    folded = fold(phrase).replace("’s", "").replace("'s", "")
    if party := _PARTY_AND_STATE.match(folded.strip()):
        folded = f"{_CANONICAL[party[1]]} {party[2] or ''}"
    places = [_CANONICAL[match[0]] for match in _ANY.finditer(folded)]
    rest = _WORD.findall(_ANY.sub(" ", folded))
    return frozenset(places).union(word for word in rest if word not in _SAYS_NOTHING)


def is_place(word: str) -> bool:
    """Say whether a word or two name a country, a state or a capital, or what belongs to one."""
    return fold(word) in _CANONICAL


def spellings_of(fact: str) -> tuple[str, ...]:
    """How a place or a party in its one spelling is named: "poland" -> "poland", "polish", "warsaw"."""
    return tuple(spelling for spelling, name in _CANONICAL.items() if name == fact and spelling not in _ABBREVIATED)
