"""Forms of English words that no ending tells, as the word they are of. Pure; for words without
case."""

# Left out is what is a word of its own as well: left, rose, ground, wound, bound, bore, bit, fed,
# lay, lives, leaves, bases, axes.
_VERBS = """
arise arose arisen; awake awoke awoken; beat beaten; become became; begin began begun; bend bent;
bite bitten; bleed bled; blow blew blown; break broke broken; breed bred; bring brought; build
built; burn burnt; buy bought; catch caught; choose chose chosen; cling clung; come came; creep
crept; deal dealt; dig dug; draw drew drawn; dream dreamt; drink drank drunk; drive drove driven;
eat ate eaten; fall fell fallen; feel felt; fight fought; find found; flee fled; fling flung; fly
flew flown; forbid forbade forbidden; foresee foresaw foreseen; forget forgot forgotten; forgive
forgave forgiven; freeze froze frozen; give gave given; go went gone; grow grew grown; hang hung;
hear heard; hide hid hidden; hold held; keep kept; kneel knelt; know knew known; lead led; lean
leant; leap leapt; learn learnt; lend lent; light lit; lose lost; make made; mean meant; meet met;
mistake mistook mistaken; outgrow outgrew outgrown; overcome overcame; oversee oversaw overseen;
overtake overtook overtaken; pay paid; prove proven; rebuild rebuilt; repay repaid; rewrite
rewrote rewritten; ride rode ridden; ring rang rung; rise risen; run ran; say said; see saw seen;
seek sought; sell sold; send sent; shake shook shaken; shine shone; shoot shot; show shown; shrink
shrank shrunk; sing sang sung; sink sank sunk; sit sat; sleep slept; slide slid; smell smelt; sow
sown; speak spoke spoken; speed sped; spell spelt; spend spent; spill spilt; spin spun; spoil
spoilt; spring sprang sprung; stand stood; steal stole stolen; stick stuck; sting stung; strike
struck stricken; strive strove striven; swear swore sworn; sweep swept; swell swollen; swim swam
swum; swing swung; take took taken; teach taught; tear tore torn; tell told; think thought; throw
threw thrown; tread trod trodden; understand understood; undertake undertook undertaken; undo
undid undone; uphold upheld; wake woke woken; wear wore worn; weave wove woven; weep wept; win
won; withdraw withdrew withdrawn; withhold withheld; wring wrung; write wrote written
"""
_NOUNS = """
child children; foot feet; goose geese; man men; mouse mice; ox oxen; tooth teeth; woman women;
calf calves; knife knives; loaf loaves; scarf scarves; shelf shelves; thief thieves; wife wives;
wolf wolves;
addendum addenda; alumnus alumni; appendix appendices; bacterium bacteria; crisis crises;
criterion criteria; curriculum curricula; erratum errata; hypothesis hypotheses; index indices;
matrix matrices; memorandum memoranda; nucleus nuclei; phenomenon phenomena; stimulus stimuli;
thesis theses; vertex vertices
"""
_VERB_ROWS, _NOUN_ROWS = ([*map(str.split, forms.split(";"))] for forms in (_VERBS, _NOUNS))
IRREGULAR = {form: word for word, *forms in _VERB_ROWS + _NOUN_ROWS for form in forms}
"""`paid` is `pay`, `children` is `child`."""
PAST = tuple(forms[0] for _, *forms in _VERB_ROWS)
"""The past of each verb, or what else is told of what is over: `began`, `beaten`."""
