"""What is said of a plan, a rule or a meeting that is not to be, or not now. Pure."""

import re

# These tell of it in any form, the others only as done to something: sales that dropped, a lorry
# that overturned and an abandoned quarry are not off.
_DONE = (
    r"abolish(?:ed|es)|call(?:ed|s)\soff|cancel(?:l?ed|s)|discontinued|postpone[ds]|put\soff"
    r"|repealed|rescinded|revoked|scrapped"
)
_BE = r"\b(?:is|are|was|were|be|been|being|gets?|got)\s(?:(?:also|now|since|then|\w+ly)\s)?"
_ITS = r"(?:the|its|his|her|their|our|all|this|that|these|those|plans?)\b"
_OFF = re.compile(
    rf"\b(?:{_DONE})\b"
    rf"|{_BE}(?:abandoned|dropped|overturned|pulled|reversed|shelved|suspended|withdrawn)\b"
    r"(?!\s(?:apart|down|into|off|out|over|up)\b)"
    r"|\b(?:abandon(?:ed|s)|dropped|drops|overturn(?:ed|s)|pull(?:ed|s)|reverse[ds]|scraps"
    rf"|shelve[ds]|suspend(?:ed|s)|withdr(?:ew|aws|awn))\s{_ITS}"
    r"|\bno\slonger\b(?!\sthan\b)"
    r"|\b(?:(?:will|does|do|did|is|are)\snot|won['’]t|(?:does|do|did|is|are)n['’]t)"
    r"\s(?:go(?:ing)?\s(?:ahead|forward)|tak(?:e|ing)\splace)\b"
)
"""For small letters: without regard to case it takes three times as long."""
_DENIED = re.compile(
    r"\b(?i:if|unless|whether|who|whoever)\b[^.,;:!?]*$"
    r"|(?:\b(?:may|(?i:can|cannot|could|might|must|never|not|should))|(?i:n['’]t))(?:\s\w+){0,2}\s$"
)
"""In May it may be off, and was."""
REACH = 100
"""Code points on either side in which its clause is looked for: a rule says no more of a case."""
_DEPENDS = re.compile(rf"[^.,;:!?]{{0,{REACH}}}\b(?i:if|unless|where)\b")


def names_off(text: str) -> bool:
    """Whether a text has words for it, whatever is said with them."""
    return _OFF.search(text.lower()) is not None


def is_off(text: str) -> bool:
    """Whether a text says that something is off, and not that it may be, or is not, or in some case
    only: "A booking may be cancelled", "if it is called off"."""
    return any(
        not _DENIED.search(text[max(0, found.start() - REACH) : found.start()])
        and not _DEPENDS.match(text, found.end())
        for found in _OFF.finditer(text.lower())
    )
