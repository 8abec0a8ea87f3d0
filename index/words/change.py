"""Words that tell that an amount or a time became another: "extended", "went up". Pure."""

CHANGE = (
    r"(?:(?:chang|climb|decreas|defer|delay|extend|increas|jump|lower|mov|postpon|prolong|rais|reduc"
    r"|reschedul|shift|shorten|slip|switch)\w*|cut|drop(?:ped|s)?|f[ae]ll(?:en|s)?|gr[eo]w[ns]?"
    r"|r[io]se[ns]?|(?:go(?:es|ing|ne)?|went)\s(?:up|down)|(?:brought|bring)\sforward"
    r"|put\s(?:[\w'’]+\s){0,4}(?:back|down|forward|off|up)|push\w*\s(?:[\w'’]+\s){0,4}back)"
)
