"""Names as articles print them become people: who is one speaker, whom a question means, what they speak about.

Promises: two people are one only where a conservative rule says so or a user does; whoever is asked for is found under
any spelling that the archive has. What this does not know: where names are stored, and what anybody says.
"""

from qa.people.examining import Proposal, proposals
from qa.people.finding import Roll, bare_name, find_speakers, is_speaker
from qa.people.identities import Profile, RoleHeld, merged, profiles_of, separated, slug_of
from qa.people.nouns import Backdrop
from qa.people.spelling import folded_name
from qa.people.topics import topics_of

__all__ = [
    "Backdrop",
    "Profile",
    "Proposal",
    "RoleHeld",
    "Roll",
    "bare_name",
    "find_speakers",
    "folded_name",
    "is_speaker",
    "merged",
    "profiles_of",
    "proposals",
    "separated",
    "slug_of",
    "topics_of",
]
