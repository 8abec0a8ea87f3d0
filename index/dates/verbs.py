"""What the verb beside a day or a month says of it: that it is over, to come, or not which."""

import re

from index.words.honorifics import HONORIFICS
from index.words.irregular import PAST

# A plan says nothing of its outcome.
_ARRANGED = "due|scheduled|expected|set|going|planned"
_OWN_WORDS = "bit|fed|got|laid|left|rose|wound|(?<!to )(?:cut|hit|put|quit|shut)"
"""What is past beside a date, and elsewhere a word of its own as well."""
_IRREGULAR = rf"{'|'.join(PAST)}|{_OWN_WORDS}"
# No past are what ends in "eed", "exceed" and "speed", but for what verbs in "ee" make of it.
_EED = r"(?!(?:dis)?agreed|decreed|freed|guaranteed|refereed)[a-z]*eed"
_NO_VERB = (
    "hatred|hundred|moped|naked|needed|sacred|(?:water|wood)?shed|sled|(?:sea|test)bed|wicked"
)
# With a capital these are days and names: "Sat 3 May", "On duty: Ahmed".
_PAST = rf"(?-i:{_IRREGULAR}|(?!(?:{_NO_VERB}|{_EED}|{_ARRANGED})\b)[a-z]{{2,}}ed)"
_COMES = "(?:begin|close|end|expire|happen|leave|meet|open|reopen|resume|return|start|vote)"
# What was decided or wished "to" happen on a day; not the day on which it was, "On Monday they
# agreed to pay", nor "agreed to changes". What stands before a day, and only that, ends in a space.
_DECIDED = "agreed|chose|decided|opted|pledged|promised|resolved|undertook|vowed|voted"
_WISHED = (
    "advised|aimed|allowed|asked|hoped|instructed|intended|invited|offered|ordered|proposed|required"
    "|threatened|told|urged|wanted|wished"
)
_HAD = "(?:(?:been|ha[sd]|have|was|were) ){0,2}"
_TO_DO = (
    r"(?: [\w'’-]+){0,3}? to(?= (?!(?:all|an?|both|h[ei][rms]|it|its|our|that|their|them|these|the"
    r"|this|those|us)\b)[a-z]+(?<![^su]s)\b.* $)"
)
# What was put "to", "until" or "for" a day is not over by that verb; what was so "on" a day is.
_PUT = (
    "adjourned|announced|arranged|booked|called|changed|confirmed|contracted|deferred|delayed|engaged"
    "|extended|fixed|granted|guaranteed|hired|insured|leased|licensed|listed|moved|postponed"
    "|prolonged|pushed|put|rearranged|renewed|rented|rescheduled|reserved|shifted|signed|suspended"
    "|switched|timed"
)
_TOWARDS = r"(?=(?: [\w'’-]+){0,5}? (?:for|thru|through|till?|to|until)(?: the| [A-Z]\w+day,?)? $)"
# With the word that a verb rules ("will cut", "told to pay") if that says no more ("was due").
_RULED = r"(?: not)?(?: to)?(?: (?:have been|have|been|be))?"
_VERB = re.compile(
    r"\b(?:(?P<coming>(?ai:will|shall|won['’]t"
    rf"|(?:is|are)(?: now| still)? (?:{_ARRANGED}|to))(?!\w){_RULED}(?: [a-z]+)?)"
    rf"|(?:(?P<nothing>may|(?ai:would|could|might|must|can|cannot|should|{_ARRANGED}|upcoming|plans?"
    r"|w(?:as|ere) to|(?:has|have) to|(?:aim|expect|hope|intend|promise|vow|want)s?"
    r"|deadline|closing date|next(?=(?: [\w-]+){1,6}:? $)|to be"
    rf"|(?:is|are)(?: not)? (?!held\b){_PAST}|{_HAD}(?:{_WISHED}){_TO_DO}))"
    rf"|(?P<arranged>(?ai:{_COMES}s|comes|(?<!the )(?<!\ba )(?<!of ){_COMES}"
    r"|(?:who|which|he|she|it) (?!is\b|was|has|does|says)[a-z]+s|takes? (?:place|effect)|runs? out"
    r"|(?:is|are)(?: now| also| still)? (?:held|on|in|[a-z]+ing)"
    rf"|{_HAD}(?:(?:{_DECIDED}){_TO_DO}|(?:{_PUT}){_TOWARDS})))"
    rf"|(?P<over>(?ai:was|were|ha[sd]|have|did|been|{_PAST})))(?:n['’]t)?(?!\w)"
    rf"{_RULED}(?: (?!(?:{_ARRANGED}|{_COMES}s?)\b)[a-z]+)?)"
)
_ABBREVIATED = "".join(rf"(?<!\b{word}\.)" for word in (*HONORIFICS, "Jr", "No"))
_EDGE = re.compile(
    rf"(?:[!?;]|\.(?<![A-Z]\.){_ABBREVIATED})\s"
    r"|\n[^\S\n]{0,8}(?:\n|(?:[-*+•]|[0-9]{1,3}[.)])\s)"
)
"""Where a sentence or an item of a list ends; not the end of a line that was only wrapped."""
_CLAUSE_EDGE = re.compile(r"[,:–—]\s")
_BESIDE_CLAUSE = re.compile(
    r"\s*(?:(?ai:also|and|but|earlier|later|then)\s)?(?ai:in|on|at|after|as|before|by|during|for"
    r"|from|since|under|until|when|while|with|within|[a-z]+ing|early|late)\b"
)


def words_before(match: re.Match[str], group: str | int = 0) -> str:
    return match.string[max(0, match.start(group) - 150) : match.start(group)]


def _clause_before(match: re.Match[str]) -> str:
    return " ".join(_EDGE.split(words_before(match))[-1].split()) + " "


def since_verb(match: re.Match[str]) -> str:
    """What is between a time and the verb before it in its sentence, or the start of that."""
    before = _clause_before(match)
    return before[max((verb.end() for verb in _VERB.finditer(before)), default=0) :]


def verb_of(match: re.Match[str]) -> str | None:
    """What the verb says that is nearest before a date in its sentence, or else first after it:
    "coming", "arranged" (it comes round), "over" or (a wish, a plan, a rule) "nothing".

    What ends in a date and a comma has its verb before it, "Doors open on Monday, the club said",
    unless it is itself beside one: "At talks in Paris on Monday, the club said".
    """
    before = _clause_before(match)
    if verbs := [*_VERB.finditer(before)]:
        return verbs[-1].lastgroup
    after = " ".join(_EDGE.split(match.string[match.end() : match.end() + 150])[0].split())
    if not _BESIDE_CLAUSE.match(_CLAUSE_EDGE.split(before + match[0])[-1]):
        after = _CLAUSE_EDGE.split(after)[0]
    first = _VERB.search(after)
    return first.lastgroup if first else None
