"""Which paragraphs are a page's furniture: share bars, cookie notices, newsletter and comment forms, advertisements.

The lists know English pages; only a whole paragraph is ever furniture, so a sentence that mentions cookies is safe.
"""

from __future__ import annotations

import re

from qa.text import fold

__all__ = ["is_furniture"]

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
_PATTERNS = re.compile(
    "|".join(
        (
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
            r"(?:more|read|watch|listen|read next|related|see|also|photos?|gallery): (?=\S).{0,160}[^.]",
            r"\[(?:read|read more|see|see also|watch|listen|related|more)\b[^\]]{0,200}\]",
            r"(?:write to|contact|reach|e-?mail) .{1,120}\S+@\S+",
            r"\S+@\S+\.\w{2,}",
            r"\(?(?:end|ends|more|-30-|30|###+|\*{3,})\)?",
            r"(?:file |handout |stock |courtesy )(?:photo|picture|image|photograph)s?\b.{0,240}",
            r"(?:photo|picture|image|illustration|graphic)s?(?: (?:credit|courtesy))?(?: ?[:/]| by\b).{0,160}",
            r".{0,240}\((?:photo|picture|image|ap photo|file photo|getty images|reuters|afp)\b[^()]{0,80}\)",
            r".{0,200}(?:getty images|shutterstock|/ap|ap photo|/afp|/reuters|via ap)(?:/[\w ]{1,40})?",
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
_NETWORK = (
    r"(?:facebook|twitter|linkedin|whatsapp|telegram|reddit|pinterest|instagram|flipboard|pocket|messenger|threads|bluesky|"
    r"mastodon|tumblr|e-?mail|mail|print|copy link|x)"
)
_SHARE_BAR = re.compile(rf"(?:(?:share|tweet|post|on|via|this|save|{_NETWORK})\b[\s,:|/·•]*){{2,}}")


def is_furniture(paragraph: str) -> bool:
    """Say whether the whole paragraph is a page's furniture."""
    if len(paragraph) > 700:
        return False
    line = fold(paragraph).strip()
    bare = line.rstrip(" .:!*>…").lstrip(" *•>-–")
    return bare in _LINES or bool(_PATTERNS.fullmatch(line) or _SHARE_BAR.fullmatch(line))
