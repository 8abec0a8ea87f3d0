"""English words that say the opposite of each other: a sentence with the one does not answer a
question about the other. Pure; for words without case."""

# Left out are words that tell one event from its two sides (buy and sell, win and lose to), what
# has a common other sense (right, light, mean), pairs that often stand together (war, peace), and
# most with "un-" before one of them, which are known by that.
_PAIRS = """
open | close shut; opening | closing closure; start begin commence | end finish conclude
terminate; beginning commencement | ending conclusion termination; launch | discontinue; start
begin | stop cease halt; continue | stop cease discontinue; continuation | discontinuation
cessation; resume | suspend pause interrupt; resumption | suspension interruption; initial |
final; early | late; earlier | later; earliest | latest; former | current; previous | next;
previously formerly | currently presently; prior | subsequent; preceding | following; past |
future; old | new; oldest eldest | newest youngest; ancient | modern; antique | contemporary;
outdated obsolete | current; temporary interim provisional | permanent; temporarily provisionally
| permanently; shortest | longest; shorten | lengthen extend prolong; constant | variable;
continuous | intermittent; fixed | variable flexible adjustable; sunrise dawn | sunset dusk;
daytime daylight | night nighttime; noon midday | midnight; summer | winter; morning | evening;
weekday | weekend; birth | death; born | die; alive living | dead deceased; survive | die perish;
survival | death; punctual | late overdue; accelerate | decelerate; acceleration | deceleration;
fast quick rapid | slow; quickly rapidly | slowly gradually; suddenly abruptly | gradually;
immediate instant | delayed deferred; fastest quickest | slowest; maximum maximal highest largest
| minimum minimal lowest smallest; maximize maximise | minimize minimise; large big huge | small
tiny; larger bigger | smaller; greater | lesser smaller; high | low; higher | lower; upper |
lower; wide broad | narrow; widen broaden | narrow; widest broadest | narrowest; thick | thin;
deep | shallow; tallest | shortest; heaviest | lightest; heavyweight | lightweight; nearest
closest | farthest furthest; nearby | distant remote faraway; major | minor; majority | minority;
senior | junior; superior | inferior; whole entire | partial; wholly entirely completely | partly
partially; full | empty; fill | empty drain; complete | incomplete; total | partial; several
multiple | single; singular | plural; sole | joint; individual | collective; unilateral |
bilateral; separate | joint combined; separately individually | jointly collectively together;
abundant plentiful | scarce; abundance plenty | scarcity shortage; surplus | deficit shortfall
shortage; excess | deficiency shortage; sufficient adequate enough | insufficient inadequate;
upstairs | downstairs; upward upwards | downward downwards; upstream | downstream; uphill |
downhill; top | bottom; above | below beneath; underground subterranean | overground aboveground;
front | rear; forward forwards | backward backwards; advance | retreat; inside | outside; inner |
outer; innermost | outermost; interior | exterior; internal | external; internally | externally;
indoor indoors | outdoor outdoors; inbound incoming | outbound outgoing; inward | outward; inflow
| outflow; input | output; entrance entry | exit; enter | exit leave; arrive | depart leave;
arrival | departure; immigrate | emigrate; immigration | emigration; immigrant | emigrant; import
| export; importer | exporter; domestic | foreign; onshore | offshore; ascend climb | descend;
ascent | descent; ascending | descending; northern | southern; eastern | western; horizontal |
vertical; horizontally | vertically; clockwise | anticlockwise counterclockwise; central |
peripheral; urban | rural; local | remote; lowland | highland; foreground | background; header |
footer; prefix | suffix; prepend | append; preface foreword | afterword epilogue; prologue |
epilogue; prequel | sequel; increase raise | decrease reduce cut; increase grow rise | decline
fall drop shrink; growth | decline shrinkage; expand | shrink; expansion | shrinkage; enlarge |
reduce shrink; enlargement | reduction; extend | curtail; gain | loss; gain | lose; profit | loss;
add | remove delete subtract; addition | removal deletion subtraction; add | deduct; insert |
delete remove; insertion | deletion; include | exclude omit; inclusion | exclusion omission;
inclusive | exclusive; multiply | divide; multiplication | division; plus | minus; positive |
negative; numerator | denominator; attach | detach; connect | disconnect; join | leave; join unite
| separate split; merger | demerger split; assemble | dismantle disassemble; assembly |
disassembly; build construct | demolish dismantle; construction | demolition; create | destroy;
creation | destruction; found establish | dissolve disband abolish; establishment | dissolution
abolition; introduce | abolish withdraw; introduction | abolition withdrawal; enact | repeal;
enactment | repeal; impose | lift; strengthen | weaken; strong | weak; strength | weakness;
strongest | weakest; tighten | loosen relax; tight | loose; improve | worsen deteriorate;
improvement | deterioration; upgrade | downgrade; promote | demote; promotion | demotion;
appreciate | depreciate; inflation | deflation; boom | recession slump; overestimate |
underestimate; overpayment | underpayment; hot | cold; warm | cool; hottest warmest | coldest
coolest; wet | dry; raw | cooked; clean | dirty; pollute contaminate | purify decontaminate;
visible | invisible hidden; show display | hide conceal; reveal disclose | conceal withhold;
disclosure | concealment; loud noisy | quiet silent; healthy | sick ill unhealthy; benign |
malignant; acute | chronic; harmful | harmless; acid acidic | alkaline; edible | inedible; fertile
| barren infertile; carnivore | herbivore; carnivorous | herbivorous; deciduous | evergreen;
nocturnal | diurnal; organic | inorganic; natural | artificial synthetic; genuine authentic | fake
counterfeit forged; literal | figurative; true | false; truth | falsehood; correct | incorrect
wrong; valid | invalid void; fact | fiction; honest | dishonest; legal lawful | illegal unlawful;
guilty | innocent; convict | acquit; conviction | acquittal; prosecution | defence defense;
imprison jail detain arrest | release free; imprisonment detention | release; capture | release;
punish | reward pardon; punishment penalty | reward; aggravating | mitigating; allow permit |
forbid prohibit ban disallow; permission | prohibition ban; permitted allowed | forbidden
prohibited banned; authorize authorise | prohibit; authorized authorised | unauthorized
unauthorised; mandatory compulsory obligatory required | optional voluntary; require | exempt;
liability obligation | exemption; voluntary | involuntary; oblige compel | exempt excuse; enable |
disable prevent; enabled | disabled; encourage | discourage deter; facilitate help | hinder impede
obstruct; able | unable; eligible | ineligible; qualify | disqualify; restricted limited |
unrestricted unlimited; restrict | relax; strict | lenient lax; admit | reject expel; admission |
expulsion rejection; accept | reject refuse decline; acceptance | rejection refusal; approve |
reject refuse disapprove veto; approval | rejection refusal veto disapproval; grant | deny refuse
revoke; confirm | deny refute; affirm uphold | overturn reverse quash; adopt | reject; carried
passed | rejected defeated; agree | disagree; consent | refuse; unanimous unanimously | divided;
favour favor | against; support | oppose; supporter proponent advocate | opponent critic; praise |
criticize criticise condemn; praise | blame criticism; comply obey | violate breach disobey;
compliance | violation breach noncompliance; fulfil fulfill | breach; legalize legalise |
criminalize criminalise outlaw; appoint | dismiss remove; appointment | dismissal removal; appoint
| resign; hire recruit employ | dismiss sack; recruitment hiring | dismissal layoff redundancy;
employed | unemployed; employment | unemployment; crown enthrone | depose dethrone; enlist enrol
enroll | discharge; enrol enroll register | withdraw; register | deregister; accession |
abdication; join enter | resign quit; retain keep preserve | discard abandon; retention |
disposal; preserve | destroy; invest | divest; find discover | lose; deposit | withdraw; debit |
credit; asset | liability; income revenue | expense expenditure; receipt | disbursement; spend |
save; paid | unpaid; gross | net; wholesale | retail; cheap inexpensive | expensive costly;
cheapest | costliest; discount rebate | surcharge; taxable | exempt; rich wealthy | poor; solvent
| insolvent bankrupt; renew | cancel terminate; renewal | cancellation termination expiry;
nationalize nationalise | privatize privatise; nationalization nationalisation | privatization
privatisation; public | private; publicly | privately; civilian | military; secular | religious;
clergy | laity; amateur | professional; expert | novice beginner layman; official formal |
unofficial informal; formally officially | informally unofficially; oral verbal | written; orally
verbally | writing; handwritten | typed printed; anonymous | named signed; famous | obscure
unknown; common | rare uncommon; commonly frequently | rarely seldom; always | seldom; usual
normal | unusual exceptional; ordinary regular | special extraordinary; normal | abnormal; typical
| atypical; generic | specific; theoretical | practical; simple | complex complicated; simplify |
complicate; easy | difficult; easiest | hardest; advanced | basic elementary; possible |
impossible; probable likely | improbable unlikely; clear | unclear ambiguous; precise exact |
approximate vague; exactly precisely | approximately roughly; direct | indirect; directly |
indirectly; active | passive; active | inactive dormant; activate | deactivate; busy | idle;
occupied | vacant unoccupied; awake | asleep; mobile portable movable | stationary immovable;
stable | unstable volatile; significant | insignificant negligible; useful | useless; success |
failure; succeed | fail; successful | unsuccessful failed; successfully | unsuccessfully; pass |
fail; best | worst; better | worse; good | bad; advantage benefit | disadvantage drawback; pros |
cons; favourable favorable | unfavourable unfavorable adverse; optimistic | pessimistic; safe |
dangerous unsafe risky; protect | endanger; ally friend | enemy; friendly | hostile; civilian |
soldier combatant; mobilize mobilise | demobilize demobilise; arm | disarm; occupation |
liberation; conquer | liberate; surrender | resistance; invade | withdraw; invasion | withdrawal;
freedom liberty | slavery captivity; free | enslaved captive; independent | dependent; democracy |
dictatorship; democratic | authoritarian; centralize centralise | decentralize decentralise; unify
unite | divide; unity unification | division partition; radical | moderate; incumbent |
challenger; love | hate; happy | sad unhappy; comedy | tragedy; hero protagonist | villain
antagonist; male | female; masculine | feminine; boy | girl; father | mother; son | daughter;
brother | sister; grandfather | grandmother; grandson | granddaughter; uncle | aunt; nephew |
niece; maternal | paternal; actor | actress; adult | child; marry | divorce; marriage wedding |
divorce; equal | unequal; same identical | different; similarity | difference; homogeneous |
heterogeneous; symmetric symmetrical | asymmetric asymmetrical; parallel | perpendicular; serial
sequential | parallel concurrent; synchronous | asynchronous; static | dynamic; mutable |
immutable; absolute | relative; objective | subjective; qualitative | quantitative; explicit |
implicit; manual | automatic; manually | automatically; analogue analog | digital; online |
offline; hardware | software; wired | wireless; encode | decode; encrypt | decrypt; compress |
decompress; serialize serialise | deserialize deserialise; upload | download; push | pull; install
| uninstall; lock | unlock; block | unblock; load | unload; mount | unmount; subscribe |
unsubscribe; login | logout; blacklist denylist | whitelist allowlist; select | deselect; undo |
redo; enqueue | dequeue; increment | decrement; allocate | deallocate; uppercase | lowercase;
frontend | backend; stable | experimental; newer | older; publish | unpublish retract; source
origin | destination; inhale | exhale; absorb | emit; attract | repel; anode | cathode; ignite |
extinguish; evaporate | condense; sow | harvest reap; sowing | harvest harvesting; undergraduate |
postgraduate graduate; believer | unbeliever atheist; prose | verse poetry; vowel | consonant;
synonym | antonym; overture | finale; accurate | inaccurate; capable | incapable; competent |
incompetent; consistent | inconsistent; convenient | inconvenient; decent | indecent; decisive |
indecisive; definite | indefinite; effective | ineffective; efficient | inefficient; experienced |
inexperienced; finite | infinite; frequent | infrequent; justice | injustice; offensive |
inoffensive; sane | insane; secure | insecure; sensitive | insensitive; soluble | insoluble;
tolerant | intolerant; mature | immature; moral | immoral; mortal | immortal; patient | impatient;
perfect | imperfect; polite | impolite; practical | impractical; proper | improper; pure | impure;
legible | illegible; legitimate | illegitimate; literate | illiterate; logical | illogical;
rational | irrational; regular | irregular; relevant | irrelevant; replaceable | irreplaceable;
responsible | irresponsible; reversible | irreversible; appear | disappear; believe | disbelieve;
loyal | disloyal; prove | disprove; respect | disrespect; satisfied | dissatisfied; similar |
dissimilar; trust | distrust; inherit | disinherit; infect | disinfect
"""
SIDES = tuple(
    (tuple(one.split()), tuple(other.split()))
    for one, _, other in (pair.partition("|") for pair in _PAIRS.split(";"))
)
"""Words that may stand for each other, and those that say the opposite of each of them."""
