"""A question that leaves something out ("and in March?", "why?", "and of Lindenhoe?") in full words (ellipsis).

What is left out is what the last question has in its place. One rule for each way of leaving out, tried in their order;
the first that fits is taken. What this module does not know: pronouns (:mod:`qa.questions.following`), and any earlier
question but the last, except where two people are compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.lazily import pattern
from qa.questions.content import figure_asked, several_things
from qa.questions.english import GIVE_THE_SAME, OUTLETS_AGREE
from qa.questions.german import TO, is_german
from qa.questions.names import names_in
from qa.questions.talk import Filled, Known, Turn, exchanged, kept, statement
from qa.questions.things import thing_in
from qa.questions.times import days_meant
from qa.text import fold
from qa.types import Carried, Part, Point, Question, QuestionKind

__all__ = ["ASKS_WHO", "ASKS_WHO_IS", "THAT", "leans_on", "owns"]

_FLAGS = re.IGNORECASE
_GOES_ON = pattern(
    r"(?:(?:and|but|so|ok|okay|und|aber)[,\s]+)?(?:(?:what|how)\sabout\s|what\sof\s|(?:the\s)?same\sfor\s|was\sist\smit\s)"
    r"|(?:and|but|so|ok|okay|und|aber)[,\s]+",
    _FLAGS,
)
_CORRECTS = pattern(r"(?:(?:no|nein|sorry)[,\s]+)?(?:i\s(?:meant|mean)|ich\s(?:meinte|meine))\s(?P<new>.+)", _FLAGS)
_THE_OTHER = pattern(r"(?:the\sother|the\ssecond|d(?:er|ie|en)\sanderen?)\s(?P<name>.+)", _FLAGS)
_ON = pattern(r"(?:(?:anything|something|etwas)\s)?(?:about|on|regarding|zu|zum|zur|über)\s(?P<topic>.+)", _FLAGS)
_MORE = pattern(
    r"(?:what|(?P<who>who|any(?:one|body)|wer)|anything|something|was)\s(?:else|noch|more|sonst(?:\snoch)?)|sonst\snoch\s(?:etwas|was)|(?:tell\sme\s)?more|go\son",
    _FLAGS,
)
_OTHERWISE = pattern(
    r"(?:who(?:\selse)?|(?:does|did|do|has)\sany(?:one|body)(?:\selse)?)\s(?:disagree[sd]?|disput(?:e|es|ed)\s(?:it|that|this)"
    r"|den(?:y|ies|ied)\s(?:it|that|this)|contradict(?:s|ed)?\s(?:it|that|this|him|her|them)"
    r"|sa(?:y|ys|id)\s(?:otherwise|the\sopposite|something\selse|differently))"
    r"|wer\s(?:widerspricht|widersprach|sagt\setwas\sanderes|sieht\sdas\sanders)",
    _FLAGS,
)
_STILL = pattern(
    r"(?:(?:is|was)\s(?:that|it|this)|does\s(?:that|it|this))\sstill\s(?:so|true|the\scase|right|valid|hold|stand|apply)"
    r"|still(?:\strue)?|(?:even\s)?now|ist\sdas\s(?:immer\s)?noch\sso|(?:immer\s)?noch|(?:und\s)?jetzt",
    _FLAGS,
)
_CHANGED = pattern(
    r"(?:has|did)\s(?:that|it|this)\s(?:ever\s|since\s)?changed?(?:\ssince(?:\sthen)?)?|hat\ssich\sdas\sgeändert",
    _FLAGS,
)
_BEFORE_THAT = pattern(
    r"(?:before|after|since|until)\s(?:that|then|this|now)|(?:ever\s)?since|earlier|davor|danach|seitdem|vorher", _FLAGS
)
_ASKS_WHENCE = pattern(
    r"says\swho|who\ssa(?:ys|id)\s(?:so|that|this)|according\sto\swhom?|where\s(?:does|did)\sit\ssay\s(?:so|that)"
    r"|(?:what(?:['’]s|\sis)\s(?:your|the)\s)?source|are\syou\ssure|really|wer\ssagt\sdas",
    _FLAGS,
)
_AGREED = pattern(
    rf"(?:{OUTLETS_AGREE})(?:\s(?:on|about|over)\s(?:that|it|this|the\s(?:number|figure)))?"
    rf"|{GIVE_THE_SAME}(?:\s(?:numbers?|figures?|thing))?|sind\ssich\salle\seinig",
    _FLAGS,
)
_HAPPENED = pattern(
    r"what\s(?:has\s)?happened(?:\s(?:there|exactly))?|was\sist\s(?:da\s)?(?:passiert|geschehen)", _FLAGS
)
_BOTH = pattern(
    r"compare\s(?:them|these|those|(?:the\s)?two|both)(?:\s(?:on|about)\s(?P<topic>.+))?"
    r"|(?:how|where|what|on\swhat)\sd(?:o|id)\sthey\s(?:differ|disagree)(?:\son)?|vergleiche?\s(?:die\sbeiden|sie)",
    _FLAGS,
)
_ASKS = (
    r"since\swhen|seit\swann|how\s(?:many|much|far|long|often|old|big|large|high|soon)|when|where|why|how"
    r"|wann|wo|warum|wieso|weshalb|wie\sviele?"
)
_OF_WHAT_ASKED = pattern(r"(?:how\s(?:many|much)|which|what)\s(?P<what>\S.*)\s", _FLAGS)
_THERE = pattern(r"\w+\sthere\b", _FLAGS)
_POINTS = {
    Point.SINCE: pattern(r"since\swhen|seit\swann", _FLAGS),
    Point.DAY: pattern(r"when|wann", _FLAGS),
    Point.PLACE: pattern(r"where|wo", _FLAGS),
    Point.REASON: pattern(r"why|how|warum|wieso|weshalb", _FLAGS),
}
_GERMAN = pattern(r"w(?:ann|o|arum|ieso|eshalb|ie\sviele?)|seit\swann", _FLAGS)
_HOW_MANY = pattern(r"how\smany", _FLAGS)
_BARE = pattern(
    rf"(?P<word>{_ASKS})(?:\s(?:exactly|genau))?(?:\s(?:is|was|war)\s(?:that|it|this|das|es)"
    r"|\sdid\s(?:that|it|this|he|she|they)(?:\s(?:happen|say\s(?:that|so|it|this)))?)?",
    _FLAGS,
)
_WH_PHRASE = pattern(
    r"(?:what|who|whom|where|when|why|how|which|was|wer|wo|wann|warum|wie)\b.*?\s(?=(?:did|does|do|is|was|are|were|has"
    r"|have|had|can|could|will|would|should|hat|haben|sagte|sagt|ist|war|sind)\b)",
    _FLAGS,
)
# What stands at the end of a question or of a role and may be exchanged: "of Brackwater", "in Lindenhoe".
_OF = r"of|at|in|for|from|with|by|von|vom|des|der|im|bei|beim|für|aus"
_OF_ANOTHER = pattern(
    rf"(?:(?:the\sones?|that|those|der|die|das|den|dem)\s)?(?P<word>{_OF})\s(?P<what>\S.*)|(?P<owner>[^\W_].*?)(?:['’]s|(?<=s)['’])",
    _FLAGS,
)
_LAST_PART = pattern(rf"(?P<before>.+)\s(?P<word>{_OF})\s(?P<what>.+?)", _FLAGS)
_BESIDE_OFFICE = pattern(
    r"(?P<whose>his|her|its|their|the|ihre?|seine?)\s(?P<how>deputy|predecessor|stellvertreter(?:in)?|vorgänger(?:in)?)",
    _FLAGS,
)
_HOW = {"deputy": "deputy", "stellvertreter": "deputy", "predecessor": "former", "vorgänger": "former"}
_HOW_IN_GERMAN = {"deputy": "stellvertretende", "former": "frühere"}
_DETERMINED = pattern(r"(?:the|an?|der|die|das|den|dem|his|her|its|their|ihre?|seine?)\s", _FLAGS)
_GERMAN_NOUN = pattern(r"d(?:er|ie|as|en|em)\s", _FLAGS)
_OWNED = pattern(r"(?P<whose>his|her|its|their)\s", _FLAGS)
_OWNER = pattern(r"(?P<owner>.+?)(?:['’]s|(?<=s)['’])\s(?P<rest>.+)", _FLAGS)
_FIRST_NOUN = pattern(r"the\s(?P<owner>\S.*?)\s(?P<rest>\S+)", _FLAGS)  # "the museum director"
_SAYS_OF = frozenset(("of", "at", "in", "for", "von", "vom", "des", "im"))
_OF_WHAT = _SAYS_OF | {"der"}  # which may also begin the name of somebody else: "und der Hafenmeister?"
_ASKS_FOR_SUBJECT = pattern(r"(?:who|what|which|wer|was)\s", _FLAGS)  # "Who voted to close it?"
_WHO_IS = pattern(
    r"(?P<asks>(?:who|what|where|wer|was|wo)(?:['’]?s|\s(?:is|was|are|were|ist|war|sind)))\s(?P<whom>.+)", _FLAGS
)
ASKS_WHO = pattern(r"(?:who|whom|whose|wer|wen|wem)\b", _FLAGS)
ASKS_WHO_IS = pattern(r"(?:who|wer)(?:['’](?:s|re)|\s(?:is|was|are|were|ist|war|sind|waren))\b", _FLAGS)
_ASKS_IN_GERMAN = pattern(r"wer\b", _FLAGS)
THAT = frozenset(("it", "that", "this", "them", "these", "those", "dazu", "darüber", "davon", "das"))
_CLAUSE = pattern(
    r"\b(?:who|whom|whose|what|when|where|why|how|which|did|does|do|is|was|are|were|has|have|had|say|said|wer|wann|warum"
    r"|hat|sagte|ist)\b",
    _FLAGS,
)
_LONGEST = 8  # words of somebody or something that stands by itself


@dataclass(frozen=True, slots=True)
class _Typed:
    """What was typed, without its question mark; ``rest`` is what follows "and" or "what about", which ``goes_on``."""

    bare: str
    rest: str
    goes_on: bool


def leans_on(asked: str, earlier: Sequence[Turn], archive: Known) -> Filled | None:
    """Put a question that leaves something out into full words; None where it leaves out nothing that is known."""
    bare = asked.rstrip("?!. ")
    goes_on = _GOES_ON.match(bare)
    typed = _Typed(bare, bare[goes_on.end() :] if goes_on else bare, goes_on is not None)
    asked_of = [turn.question for turn in earlier if turn.question.point is None]  # the rest ask of its answer
    last = (asked_of or [earlier[-1].question])[-1]
    return _both(typed, earlier) or next((filled for rule in _RULES if (filled := rule(typed, last, archive))), None)


def owns(asked: str) -> bool:
    """Whether what goes on is somebody's who is not named: "and her deputy?"."""
    return _OWNED.match(_GOES_ON.sub("", asked, count=1)) is not None


def _both(typed: _Typed, earlier: Sequence[Turn]) -> Filled | None:
    """Read "Compare them": the two whose statements were asked for last."""
    if (match := _BOTH.fullmatch(typed.rest)) is None:
        return None
    asked = [one for turn in reversed(earlier) for one in reversed(turn.question.speakers)]
    two = _different(asked)[:2][::-1]
    if len(two) < 2:
        return None
    topic = match["topic"] or next((turn.question.topic for turn in reversed(earlier) if turn.question.topic), None)
    carried = [Carried(Part.SPEAKER, " and ".join(two), "")]
    if topic and not match["topic"]:
        carried.append(Carried(Part.TOPIC, topic, ""))
    return Filled(f"Compare {two[0]} and {two[1]}{f' on {topic}' if topic else ''}", tuple(carried))


def _different(names: Sequence[str]) -> list[str]:
    """Names without those of whom one before them may be: "Trump" after "Donald Trump"."""
    found: list[str] = []
    for name in names:
        words = set(fold(name).split())
        if not any(words <= (other := set(fold(one).split())) or other <= words for one in found):
            found.append(name)
    return found


def _corrected(typed: _Typed, last: Question, archive: Known) -> Filled | None:
    """Read "No, I meant Varnholt"; "the other Pell" is the one of that name who was not asked about."""
    if (match := _CORRECTS.fullmatch(typed.bare)) is None:
        return None
    new = match["new"]
    if other := _THE_OTHER.fullmatch(new):
        others = [name for name in archive.namesakes(other["name"]) if name != last.speaker]
        new = others[0] if len(others) == 1 else other["name"]
    return _exchange(last, new, archive)


def _another_time(typed: _Typed, last: Question, archive: Known) -> Filled | None:
    """Read "And in March?"."""
    if not archive.newest or days_meant(typed.rest, archive.newest) is None:
        return None
    if last.kind is QuestionKind.PERSON and last.speaker:  # who somebody is does not change with the month
        text = statement(last.speaker, None, None, like=last.text)
    else:
        text = _without_dates(last)
    return Filled(f"{text.rstrip('?!. ')} {typed.rest}?", kept(last, Part.DATES))


def _another_question(typed: _Typed, last: Question, archive: Known) -> Filled | None:
    """Read "Why?", "how many?", "when was that?": of statements, they are asked of those that were shown."""
    if (match := _BARE.fullmatch(typed.rest)) is None:
        return None
    word = match["word"]
    point = next((point for point, words in _POINTS.items() if words.fullmatch(word)), Point.NUMBER)
    if last.kind.of_statements and last.cue is None:
        text, carried = _of_what_was_said(word, point, last), kept(last, Part.DATES)
    else:
        text, carried = _asked_for(word, last.text), kept(last)
    asks = last.kind.of_statements or point in (Point.REASON, Point.SINCE)  # when else is asked of all articles
    return Filled(text, carried, last.speaker, last.topic, point=point if asks else None)


def _asked_for(word: str, text: str) -> str:
    """A whole question that asks with another word: "Why does the ferry lose money?" after "how much money does it"."""
    asks = _WH_PHRASE.match(text)
    rest = text[asks.end() :] if asks else _ASKS_FOR_SUBJECT.sub("", text)
    if asks and (of := _OF_WHAT_ASKED.fullmatch(asks[0])):
        bare, there = rest.rstrip("?!. "), _THERE.match(rest)
        rest = f"{there[0]} {of['what']}{rest[there.end() :]}" if there else f"{bare} {of['what']}?"
    return f"{word[:1].upper()}{word[1:]} {rest[:1].lower() if _CLAUSE.match(rest) else rest[:1]}{rest[1:]}"


def _of_what_was_said(word: str, point: Point, last: Question) -> str:
    """A question of the statements that were shown, in full words."""
    who = " and ".join(last.speakers) if last.kind is not QuestionKind.CONTRARY else ""
    asks = f"{word[:1].upper()}{word[1:]}"
    if _GERMAN.fullmatch(word):
        about = f" zu {last.topic}" if last.topic else ""
        return f"{asks} hat {who} das{about} gesagt?" if who else f"{asks} wurde das{about} gesagt?"
    about = f" about {last.topic}" if last.topic else ""
    if point is not Point.NUMBER:
        return f"{asks} did {who} say that{about}?" if who else f"{asks} was that said{about}?"
    if who and _HOW_MANY.fullmatch(word) and (things := several_things(last.topic or "")):
        return f"{asks} {things} did {who} speak of?"
    return f"{asks}, in what {who or 'people'} said{about}?"


def _still(typed: _Typed, last: Question, archive: Known) -> Filled | None:
    """Read "Is that still so?": the same once more, of later days than what was shown."""
    if _STILL.fullmatch(typed.rest) is None:
        return None
    return Filled(_without_dates(last), kept(last, Part.DATES), last.speaker, last.topic, point=Point.STILL)


def _says_who(typed: _Typed, last: Question, archive: Known) -> Filled | None:
    """Read "Says who?", of whatever was shown."""
    return Filled(last.text, kept(last), point=Point.SOURCE) if _ASKS_WHENCE.fullmatch(typed.rest) else None


def _without_dates(last: Question) -> str:
    """The last question for any day."""
    if not last.dates_said:
        return last.text
    return " ".join(exchanged(last.text, last.dates_said, "", from_behind=True).replace(" ?", "?").split())


def _event(typed: _Typed, last: Question, archive: Known) -> Filled | None:
    """Read "What happened?" after a topic, or a thing."""
    return _told_of(last, None) if _HAPPENED.fullmatch(typed.rest) else None


def _told_of(last: Question, instead: str | None) -> Filled | None:
    """Ask what happened with what the last question was about; None where its words do not tell."""
    what = last.topic or thing_in(last.text)
    if what is None:
        return None
    return Filled(f"What happened with {what}?", (Carried(Part.TOPIC, what, ""),), topic=what, instead=instead)


def _over_time(typed: _Typed, last: Question, archive: Known) -> Filled | None:
    """Read "Has that changed?", "and before that?": what somebody says over time, else the newest word on it."""
    earlier = _BEFORE_THAT.fullmatch(typed.rest)
    if not earlier and _CHANGED.fullmatch(typed.rest) is None:
        return None
    if last.speaker is None or last.other or not last.kind.of_statements:
        return Filled(last.text, kept(last))
    about = f" about {last.topic}" if last.topic else ""
    return Filled(f"What did {last.speaker} say{about} over time?", kept(last, Part.DATES))


def _more(typed: _Typed, last: Question, archive: Known) -> Filled | None:
    """Read "What else?", and "who else?" on the topic."""
    if (match := _MORE.fullmatch(typed.rest)) is None:
        return None
    if match["who"]:
        return Filled(f"Who talked about {last.topic}?", kept(last, Part.SPEAKER, Part.DATES)) if last.topic else None
    if last.speaker is None:
        return _told_of(last, last.text) or Filled(last.text, kept(last))
    return Filled(statement(last.speaker, None, None, like=last.text), kept(last, Part.TOPIC, Part.DATES))


def _otherwise(typed: _Typed, last: Question, archive: Known) -> Filled | None:
    """Read "Who says otherwise?" and "Do the outlets agree?"."""
    if _OTHERWISE.fullmatch(typed.rest) is None and _AGREED.fullmatch(typed.rest) is None:
        return None
    if last.speaker is None and (figure := figure_asked(last.topic or last.text)):
        return Filled(f"Do the outlets agree on {figure[:1].lower()}{figure[1:]}", kept(last, Part.DATES))
    if last.speaker is None and last.topic is None:
        return None
    than, about = (f" {word} {part}" if part else "" for word, part in (("than", last.speaker), ("about", last.topic)))
    return Filled(f"Who says otherwise{than}{about}?", kept(last, Part.DATES))


def _another_topic(typed: _Typed, last: Question, archive: Known) -> Filled | None:
    """Read "And about the union?"."""
    match = _ON.fullmatch(typed.rest)
    if match is None or _CLAUSE.search(match["topic"]):
        return None
    return _in_german(last, typed.rest) if is_german(last.text) else _about(last, match["topic"])


def _beside_office(typed: _Typed, last: Question, archive: Known) -> Filled | None:
    """Read "And her deputy?" and "and its chairman?" after who has an office."""
    office, owned = _who_asked(last), _OWNED.match(typed.rest)
    if office is None:
        return None
    in_german = _ASKS_IN_GERMAN.match(last.text) is not None
    asks = "Wer ist" if in_german else "Who is"
    of, owner, determined = _LAST_PART.fullmatch(office), _OWNER.fullmatch(office), _DETERMINED.match(office)
    match = _BESIDE_OFFICE.fullmatch(typed.rest)
    if match and (owner or determined or office[0].islower()):
        at = owner.start("rest") if owner else determined.end() if determined else 0
        how = _HOW[match["how"].lower().removesuffix("in")]
        if in_german:
            how = _HOW_IN_GERMAN[how]
        return Filled(f"{asks} {office[:at]}{how} {office[at:]}?", (Carried(Part.TOPIC, office, match["whose"]),))
    if owned is None:
        return None
    what = of["what"] if of else owner["owner"] if owner else None
    if what and owned["whose"].lower() in {"its", "their"}:
        return Filled(f"Who is {what}’s {typed.rest[owned.end() :]}?", (Carried(Part.TOPIC, what, owned["whose"]),))
    return Filled(f"Who is {typed.rest}?", ())


def _of_another(typed: _Typed, last: Question, archive: Known) -> Filled | None:
    """Read "And of Lindenhoe?": what stands in that place of a role, a topic or a question is another."""
    match = _OF_ANOTHER.fullmatch(typed.rest)
    if match is None or not (typed.goes_on or match["word"]) or _CLAUSE.search(typed.rest) or _too_long(typed.rest):
        return None
    new = match["what"] or match["owner"]
    if filled := _in_its_place(last, new, match["word"] or "of"):
        return filled
    if (match["word"] or "").lower() == "der":  # "und der Hafenmeister?" is of nothing
        return None
    named = _DETERMINED.match(new) or new[:1].isupper()
    return Filled(f"{last.text.rstrip('?!. ')} {typed.rest}?", kept(last)) if match["word"] and named else None


def _another_name(typed: _Typed, last: Question, archive: Known) -> Filled | None:
    """Read "And the union?"."""
    if not typed.goes_on or _too_long(typed.rest) or _CLAUSE.search(typed.rest):
        return None
    somewhere = not (_DETERMINED.match(typed.rest) or archive.is_speaker(typed.rest) or archive.is_person(typed.rest))
    if somewhere and (_who_asked(last) or not last.topic) and (filled := _in_its_place(last, typed.rest, None)):
        return filled
    return _exchange(last, typed.rest, archive)


_Rule = Callable[[_Typed, Question, Known], Filled | None]
_RULES: tuple[_Rule, ...] = (
    _corrected,
    _another_time,
    _another_question,
    _still,
    _says_who,
    _event,
    _over_time,
    _more,
    _otherwise,
    _another_topic,
    _beside_office,
    _of_another,
    _another_name,
)


def _too_long(rest: str) -> bool:
    return len(rest.split()) > _LONGEST


def _who_asked(last: Question) -> str | None:
    """Whom a question for the bearer of an office asks for: "the mayor of Brackwater"."""
    match = None if last.kind.of_statements or last.speaker else _WHO_IS.fullmatch(last.text.rstrip("?!. "))
    if match and ASKS_WHO.match(match["asks"]):
        return match["whom"]
    return None


def _in_its_place(last: Question, new: str, said: str | None) -> Filled | None:
    """The last question with ``new`` where a part of it is said with such a word, "of Brackwater", or is an owner.

    Without a word it is any of those that tell of what, or where, something is, if it is a name as ``new`` is. The
    likest place is taken.
    """
    word, determined = (said or "of").lower(), bool(_DETERMINED.match(new))
    places: list[tuple[bool, str, str]] = []
    for whole in filter(None, dict.fromkeys((_who_asked(last), last.topic, last.speaker, last.text.rstrip("?!. ")))):
        of, owner = _LAST_PART.fullmatch(whole), _OWNER.fullmatch(whole) or _FIRST_NOUN.fullmatch(whole)
        if of and (of["word"].lower() == word or (word in _SAYS_OF and of["word"].lower() in _OF_WHAT)):
            other = bool(_DETERMINED.match(of["what"])) != determined
            places.append((other, whole, f"{of['before']} {said or of['word']} {new}"))
        elif owner and said and word in _SAYS_OF and whole in (_who_asked(last), last.speaker, last.topic):
            other = bool(_DETERMINED.match(owner["owner"])) != determined
            places.append((other, whole, f"{new}’s {owner['rest']}"))
    other, old, changed = min(places, key=lambda place: place[0], default=(True, "", ""))
    if not old or (other and said is None):
        return None
    left_out = Part.TOPIC if old == last.topic else Part.SPEAKER if old == last.speaker else None
    carried = kept(last, left_out) if left_out else kept(last)
    return Filled(exchanged(last.text, old, changed, from_behind=True), carried)


def _exchange(last: Question, new: str, archive: Known) -> Filled | None:
    """The last question about somebody, or something, else."""
    if last.kind.of_statements and archive.is_speaker(new):
        text = (
            exchanged(last.text, last.speaker, new)
            if last.speaker
            else statement(new, last.topic, last.dates_said, like=last.text)
        )
        return Filled(text, kept(last, Part.SPEAKER))
    if last.topic:
        return _about(last, new)
    named = [name for name in names_in(last.text) if archive.is_speaker(name)] if archive.is_speaker(new) else []
    if len(named) == 1:
        return Filled(exchanged(last.text, named[0], new), kept(last, Part.SPEAKER))
    if match := _WHO_IS.fullmatch(last.text.rstrip("?!. ")):
        return Filled(f"{'Wer ist' if _GERMAN_NOUN.match(new) else match['asks']} {new}?", ())
    if last.speaker:
        return Filled(exchanged(last.text, last.speaker, new), kept(last, Part.SPEAKER))
    thing = thing_in(last.text) if _DETERMINED.match(new) else None
    return Filled(exchanged(last.text, thing, new), kept(last)) if thing else None


def _about(last: Question, topic: str) -> Filled | None:
    """The last question on another topic."""
    if topic.lower() in THAT:
        return None
    if last.topic:
        return Filled(exchanged(last.text, last.topic, topic, from_behind=True), kept(last, Part.TOPIC))
    if last.speaker is None:
        return None
    return Filled(statement(last.speaker, topic, last.dates_said, like=last.text), kept(last))


def _in_german(last: Question, about: str) -> Filled | None:
    """The last question "zum Haushalt": the preposition belongs to the topic, whose article it may hold."""
    said = re.search(rf"{TO}\s{re.escape(last.topic)}", last.text, _FLAGS) if last.topic else None
    if said:
        return Filled(exchanged(last.text, said[0], about, from_behind=True), kept(last, Part.TOPIC))
    return Filled(f"Was sagte {last.speaker} {about}?", kept(last)) if last.speaker else None
