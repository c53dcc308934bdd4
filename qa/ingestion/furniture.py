"""Which paragraphs are a page's furniture: share bars, cookie notices, newsletter and comment forms, advertisements.

The lists know English pages best, and the commonest lines of some other languages; only a whole paragraph is ever
furniture, so a sentence that mentions cookies is safe.
"""

from __future__ import annotations

import re

from qa.ingestion.phrases import ALONE, CONTROLS, HAVE_JOINED, JOINS, LEADS, READING_TIMES, SHARES
from qa.text import fold

__all__ = ["is_control", "is_furniture"]

# Whole paragraphs, compared without case and final punctuation.
_LINES = frozenset(
    line.strip()
    for line in """
    ad / ad feedback / advertisement / advertisements / sponsored / sponsored content / promoted / promoted content
    story continues below advertisement / article continues below advertisement / article continues below
    article continues after advertisement / scroll to continue / continue reading / continue reading below
    spread the love / share / share this / share this article / share this story / share this page
    share on facebook / share on twitter / share on x / share via email / share with friends / tweet
    email this article / print this article / copy link / link copied / like this / loading / read more
    read more here / see more / show more / load more / up next / related / related articles / related stories
    related posts / related topics / related content / related coverage / more from this section / you may also like
    you might also like / recommended / recommended for you / most read / most popular / trending / trending now
    people are also reading / be the first to know / related internet links / get emails about this page
    get email alerts / recent posts / see all / view all / enlarge image / expand / play video
    don't miss / editors' picks / leave a reply / leave a comment / leave a reply cancel reply / cancel reply
    post a comment / post comment / add a comment / no comments / comments / view comments
    your email address will not be published / required fields are marked
    your email address will not be published. required fields are marked / name / email / website / comment
    save my name, email, and website in this browser for the next time i comment / subscribe / subscribe now
    sign up / sign up now / sign in / log in / register / my account / skip to content / skip to main content
    back to top / follow us / follow us on / listen to this article / video player is loading / accept / accept all
    accept cookies / accept all cookies / reject all / cookie settings / cookie policy / manage cookies
    manage preferences / privacy policy / terms of use / terms of service / terms and conditions
    """.replace("\n", "/").split("/")
    if line.strip()
)


def _folded(words: str) -> str:
    return "|".join(re.escape(fold(each)) for each in words.split("|"))


_NETWORK = (
    r"(?:facebook|twitter|linkedin|whatsapp|telegram|reddit|pinterest|instagram|flipboard|pocket|messenger|threads|bluesky|"
    r"mastodon|tumblr|e-?mail|mail|print|copy link|x)"
)
_PATTERNS = re.compile(
    "|".join(
        (
            rf"\W*(?:{_folded(LEADS)})\W.{{0,160}}[^.]",
            rf"\W*(?:{_folded(LEADS)})\W*",
            r"この記事は(?:有料|会員).{0,60}",
            r".{0,80}\b(?:is|are) not responsible for (?:the )?contents? of external .{0,60}",
            r".{0,60}\bdelivered (?:straight |right |directly )?to your inbox\b.{0,40}",
            r"\W*i (?:understand and )?agree (?:that|to)\b.{0,40}(?:registration|terms|user agreement|privacy).{0,200}",
            rf"\W*(?:{_folded(ALONE)})\W*(?:\d+\W*)?",
            rf"(?:{_folded(JOINS)})\b[^.]{{0,200}}"
            r"(?:newsletter|boletin|infolettre|nieuwsbrief|nyhedsbrev|nyhetsbrev|hirlevel|whatsapp|telegram|viber|facebook|"
            r"instagram|twitter|youtube|tiktok|linkedin|google news|push|e-?mail)[^.]{0,120}\.?",
            r".{0,160}\bctrl ?\+ ?(?:enter|d)\b.{0,80}",
            r"this (?:article|story|column|piece|interview|essay)(?: was)?(?: first| originally)? "
            r"(?:appear(?:ed|s)|published|ran) (?:in|on|at|by) .{1,120}",
            rf"(?:{_folded(JOINS)})\W*(?:\w+\b\W*){{0,5}}",
            rf"(?:{_folded(HAVE_JOINED)})\b.{{0,160}}",
            rf"(?:{_folded(READING_TIMES)})\s*:?\s*(?:~|ca\.? )?\d{{1,3}}.{{0,20}}",
            r"\d{1,3}[ -]?(?:min(?:ute)?s?|minuten|minutos|minuti)\.?"
            r"(?: (?:de |di )?(?:read|reading|listen|lecture|lectura|lettura|leitura|lesezeit|lezen))?",
            r"listen(?: to (?:this )?(?:article|story))?\W*(?:\d{1,2}:\d\d|\d+ min\w*)?",
            r"(?:sign|log) ?in to .{0,80}",
            r"(?:already|are you) an? (?:subscriber|member|registered)\b.{0,80}",
            r"this (?:article|story|content) is (?:only )?(?:for|available to|reserved for) (?:our )?"
            r"(?:subscribers|members)\b.{0,120}",
            r"(?:gift this article|add us on google|add as a preferred source on google)",
            r"share this (?:article|story|page|post)\b.{0,60}",
            r"was this (?:article|page|story|content) (?:helpful|useful|interesting)\b.{0,60}",
            r"(?:copy )?link to (?:this )?(?:post|update|comment)|copy link to .{0,30}",
            r"this live (?:page|blog|feed|coverage)(?: is| has| was)(?: now)? (?:closed|ended|ending|over)\b.{0,80}",
            r"you have (?:\d+|read|reached|used)\b.{0,60}\b(?:articles?|stories)\b.{0,60}",
            r"our standards: .{0,120}",
            r"\W*(?:riproduzione riservata|todos los derechos reservados|tous droits reserves|alle rechte vorbehalten|"
            r"todos os direitos reservados|wszelkie prawa zastrzezone|все права защищены).{0,80}",
            r"(?:have|got|do you have) (?:a|any) (?:news )?(?:tip|story|tips)\b.{0,20}\?.{0,160}",
            r"you(?:'re| are) (?:receiving|getting) (?:this|these|our) (?:e-?mail|message|newsletter)s?\b.{0,240}",
            r"by (?:signing up|subscribing|submitting|registering|joining),? you .{0,300}",
            r"(?:enter|type) your e-?mail\b.{0,40}",
            r"join [\d,. ]+ (?:other )?(?:subscribers|readers|members)\b.{0,40}",
            r".{0,160}(?:©|\(c\))\s*(?:foto|photo|bild|imago|dpa|afp|ap|epa|getty)\b.{0,80}",
            r"(?:fotos?|bild|bilder|photo|credit photo|imagen|imagem|immagine|zdjecie|fot\.|фото|צילום|تصوير)"
            r"\s?[:/].{0,120}",
            r"need a (?:news )?break\? (?:play|check out) .*",
            r"(?:get|join|receive) [^.?!]{0,80}newsletters?\b.{0,200}",
            r"sign[ -]?up (?:for|to|here)\b.{0,200}(?:newsletter|inbox|alerts?|e-?mails?|updates|subscri).{0,200}",
            r"subscribe to\b.{0,200}(?:newsletter|inbox|today|subscri|podcast|channel|sign up).{0,300}",
            r"would you like to receive .{0,80}newsletter ?\?",
            r"the .{0,40}newsletter provides you with .{0,120}",
            r"support local journalism\b.{0,120}",
            r"thank you for supporting our journalism\b.{0,160}",
            r"video ad feedback\b.{0,250}",
            r"(?:please )?enable javascript\b.{0,160}",
            r"click here (?:to|for) .{0,160}",
            r"download (?:our|the) .{0,60}\bapp\b.{0,60}",
            r"follow (?!every\b).{1,120}\bon (?:twitter|facebook|instagram|x|threads|tiktok|linkedin)\b.{0,120}",
            r"follow us on .{0,120}",
            r"(?:read more|read also|also read|see also|related|more on this)(?: on [^:]{1,30})?: ?.{0,160}[^.]",
            r"(?:more|read|watch|listen|read next|related|see|also|photos?|videos?|gallery): (?=\S).{0,160}[^.]",
            r"\d{1,2}:\d\d(?::\d\d)?",
            r"(?:©|\(c\)) ?[^.\d]{1,60}",
            r"\[(?:read|read more|see|see also|watch|listen|related|more)\b[^\]]{0,200}\]",
            r"(?:write to|contact|reach|e-?mail) .{1,120}\S+@\S+",
            r"[^.!@]{0,100}[:?]\s?\S+@\S+\.\w{2,}\.?(?:\W{1,3}(?:\w{1,5}\W{1,2})?[\d()+/ -]{6,20})?",
            rf"(?:view|see|watch|bekijk|sieh(?: dir)?|voir|ver|visualizza|zobacz) "
            rf"(?:this|deze|diese[ns]?|cet(?:te)?|est[ae]|quest[ao]|ten) \w+ (?:on|op|auf|sur|en|su|na) {_NETWORK}",
            r"\S+@\S+\.\w{2,}",
            r"(?:source|kaynak|quelle|fuente|fonte|bron|zrodlo|kilde|kalla|источник)s?\s?: [^.!?:]{1,60}",
            rf"(?:{_folded(SHARES)})\b\W*(?:[^\W\d_]{{1,8}}\W+){{0,2}}{_NETWORK}",
            r"\(?(?:end|ends|more|-30-|30|###+|\*{3,})\)?",
            r"(?:file |handout |stock |courtesy )(?:photo|picture|image|photograph)s?\b.{0,240}",
            r"(?:photo|picture|image|illustration|graphic)s?(?: (?:credit|courtesy))? ?[:/].{0,160}",
            r"(?:photo|picture|image|illustration|graphic)s? by\b.{0,80}[^.!?\"]",
            r".{0,240}\((?:(?:ap|file|handout|stock) )?(?:photo|picture|image|getty images)\b[^()]{0,80}\)",
            r".{0,240}\((?:reuters|afp) ?/[^()]{0,80}\)",
            r".{0,200}(?:getty images|shutterstock|/ap|ap photo|/afp|/reuters|via ap)(?:/[\w ]{1,40})?",
            r"\W*(?:reuters|afp|ap|dpa|epa|getty|imago)\W*",
            r"(?:get|receive) [^.?!]{0,100}\b(?:in|to) your inbox\b.{0,120}",
            r"(?:we|this (?:web)?site|our (?:web)?site|our partners) uses? cookies\b.{0,400}",
            r"by (?:continuing|using|clicking|browsing)\b.{0,120}\bcookies?\b.{0,200}",
            r"we will use the (?:details|information) you have shared\b.{0,600}",
            r"if you wish to object to the use of your data\b.{0,100}",
            r"'we' includes .{0,80} as detailed here\.?",
            r"(?:©|\(c\)|copyright)[ ©(c)]*\d{4}\b.{0,160}",
            r"(?:.{0,120}\W)?all rights reserved\.?(?: .{0,80})?",
        )
    )
)
_CONTROLS = frozenset(fold(CONTROLS).split("|"))
_SHARE_BAR = re.compile(rf"(?:(?:share|tweet|post|on|via|this|save|{_NETWORK})\b[\s,:|/·•]*){{2,}}")


def is_furniture(paragraph: str) -> bool:
    """Say whether the whole paragraph is a page's furniture."""
    if len(paragraph) > 700:
        return False
    line = fold(paragraph).strip()
    bare = line.rstrip(" .:!*>…").lstrip(" *•>-–")
    return bare in _LINES or bool(_PATTERNS.fullmatch(line) or _SHARE_BAR.fullmatch(line))


def is_control(paragraph: str) -> bool:
    """Say whether it is what a button says ("Print"), which is furniture beside other furniture only."""
    return len(paragraph) < 20 and fold(paragraph).strip(" .:!*>…") in _CONTROLS
