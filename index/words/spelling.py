"""British and American spelling as one. Pure; for words without case and accents."""

import re

_OUR = (
    "ard|arm|behavi|cand|clam|clang|col|endeav|fav|ferv|flav|glam|harb|hon|hum|lab|neighb|od|parl"
    "|ranc|rig|rum|sav|savi|splend|succ|tum|val|vap|vig"
)
_RE = (
    r"calib|cent|fib|goit|\b(?:[a-z]*i)?lit|\b(?:lack)?lust|maneuv|meag|\b(?:[a-z]*[io])?met|\boch"
    r"|\bsab|saltpet|scept|sepulch|somb|\bspect|theat"
)
# For speed, each rule has before it letters without which it says nothing.
_RULES = tuple(
    (letters, re.compile(pattern), form)
    for letters, pattern, form in (
        # With a z, as the stemmer parts that ending from a word: `critic` is in all its forms.
        # Not `exercise`, `promise`, `advertise`, `surprise`: those have no z anywhere.
        (
            "is",
            r"\b(?!ar|dem|[a-z]*(?:prom|prem|surm|advert|expert|chast|treat|pract|merchand|parad|ch)is)"
            r"([a-z]{2,}(?:[aio]c|[aeo]r|[dghlmnty]))is(?=e(?:[ds]|rs?|ments?)?\b|ing|able|ation)",
            r"\1iz",
        ),
        ("lys", r"(?<=[a-z]l)ys(?=e|ing)", "yz"),
        ("enc", r"\b(def|off|lic|pret)enc(?=e|ing)", r"\1ens"),
        ("practis", r"\bpractis(?=e|ing)", "practic"),
        ("our", rf"({_OUR})our(?![ct])", r"\1or"),
        ("oeuv", r"(?<=man)oeuv(?=r)", "euv"),
        # Not `liter`, which is the stem of `literal` too.
        ("er", rf"({_RE})er(?=s?\b)", r"\1re"),
        ("er", rf"({_RE})er(?=ed\b|ing\b)", r"\1r"),
        ("logu", r"((?:ana|cata|dia|epi|mono|pro|travel)log)u(?:e(?=s?\b)|(?=e[dr]|ing))", r"\1"),
        ("gramme", r"(?<=gram)me(?=s?\b)", ""),
        ("dgement", r"(?<=dg)e(?=ment)", ""),
        ("ll", r"(counci|counse|crue|dia|due|fue|grue)ll(?=e[drs]|ing|or)", r"\1l"),
        ("aem", r"aem(?=i[ac])", "em"),
        ("ae", r"(?<=\bf)ae(?=c[ae])|(?<=\bh)ae(?=m[aeio])|(?:(?<=\bp)|(?<=op))ae(?=d[io])", "e"),
        ("grey", r"\bgrey(?=(?:s|ed|er|est|ing|ish|ness|scale)?\b)", "gray"),
        ("anaesth", r"(?<=an)aesth", "esth"),
        ("ae", r"\b(arch|pal)ae(?=o)|(?<=medi)ae(?=v)|(?<=gyn)ae(?=c)", r"\1e"),
        ("oe", r"(?<=\bf)oe(?=t[au])|\boe(?=str|soph)|(?<=rrh)oe(?=a)", "e"),
    )
)
_OTHERS = {
    "aluminium": "aluminum",
    "artefact": "artifact",
    "aeroplane": "airplane",
    "cosy": "cozy",
    "doughnut": "donut",
    "jewellery": "jewelry",
    "mould": "mold",
    "moustache": "mustache",
    "plough": "plow",
    "pyjama": "pajama",
    "sceptic": "skeptic",
    "skilful": "skillful",
    "smoulder": "smolder",
    "speciality": "specialty",
    "sulph": "sulf",
    "woollen": "woolen",
    "yoghurt": "yogurt",
}
_OTHER = re.compile("|".join(_OTHERS))


def one_spelling(word: str) -> str:
    """The word in one of its spellings, or in none that anybody writes: the same for both.

    `organise` and `organize` are `organize`, `colour` and `color` are `color`. Left apart is what
    one side writes for another word too: `cheque` and `check`, `tyre` and `tire`, `storey` and
    `story`, `draught` and `draft`, `kerb` and `curb`.
    """
    for letters, pattern, form in _RULES:
        if letters in word:
            word = pattern.sub(form, word)
    return _OTHER.sub(lambda match: _OTHERS[match.group()], word)
