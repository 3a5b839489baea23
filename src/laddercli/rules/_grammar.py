"""English verbs as ladders use them: how a text begins, and whether a word is a verb where it stands.

A list of verbs that criteria begin with is enough, because criteria are short and alike. Words that are nouns as well
("plans", "reviews") count as verbs only where what follows says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from laddercli.reading import Text

# "you": `You lead`; "first": `I lead`; "third": `Leads`; "base": `Lead`; "other": anything else, such as a noun.
Form = Literal["you", "first", "third", "base", "other"]

_VERBS = """
accept achieve acknowledge act adapt add address adjust admit adopt advise advocate agree align allocate allow
amplify analyse analyze announce anticipate apply approve argue arrange articulate ask assemble assess assign assist
attend attract automate avoid be become begin bring broaden build calculate calibrate capture carry catch celebrate
champion choose clarify close collaborate collect combine communicate compare complete compose conduct confirm
connect consider consolidate consult continue contribute convert convey convince coordinate correct craft create
credit critique cultivate debug decide decline defend define delegate deliver demonstrate deploy derive describe
detect determine develop diagnose differentiate direct disagree discover discuss distinguish distribute do drive
earn educate elevate eliminate embed embrace empower enable encourage enforce engage enhance ensure enter escalate
establish evaluate evangelize evolve examine execute exemplify expand explain explore express extend facilitate
fight find finish fix focus follow forge form formulate foster fulfil fulfill gain gather generate get give go grow
handle have hear hire hold identify implement improve incorporate influence inform initiate innovate inspect inspire
instill integrate interpret introduce invest investigate invite involve join judge keep know launch learn leave let
leverage listen live look maintain make manage mediate meet minimize mitigate modify monitor motivate move navigate
negotiate notice nurture observe obtain onboard operate optimise optimize orchestrate organise organize overcome
oversee participate perform persuade pick pioneer prepare present prevent prioritise prioritize produce promote
propose protect prove provide publish push raise react read realise realize rebuild receive recognise recognize
recommend reduce refactor refine reflect refuse reject remain remove repair replace reply represent resolve respect
respond retain retire reuse revise reward run safeguard say scale schedule see seek select sell send separate serve
set settle shape share ship show simplify solve speak split sponsor spot spread stand standardise standardize start
stay steer stop strengthen strive structure succeed suggest summarise summarize supervise supply surface sustain
take teach tell think track train transform translate treat troubleshoot try turn unblock uncover understand unify
update uphold validate verify weigh widen withdraw work write
""".split()

# Verbs whose forms are nouns or adjectives too.
_DOUBLE = frozenset(
    """
    act address advocate aim answer approach attempt audit balance base benchmark benefit bet bid block brief budget
    call capture care catch challenge champion change check claim clear coach code comment commit compromise concern
    conduct contact contract control copy cost cover craft credit critique cut date deal debate decrease delay
    delegate demand demo design detail direct document double draft drive edit effort end engineer escape estimate
    exchange exercise experience experiment exploit export fail fall feature feed field figure file filter finance
    fit fix flag focus force forecast form forward frame function fund gain go goal grade group guarantee guide hand
    head help hire host impact implement import increase influence initiate input insight interest interface
    interview invest issue join judge keep label launch layer lead level leverage limit line link list live load log
    look manual map mark market master match matter measure meet mentor merge message mind mirror mistake mix mock
    model monitor move name need note notice object offer onboard open order outline output own pace package pair
    part partner pass patch pattern pay perfect phase phrase pick pilot pioneer pitch place plan play point poll
    position post practice practise present press price probe process produce profile profit program progress
    project promise prompt propose prototype pull purchase purpose push query question quote range rank rate reach
    read reason record reference refund register release repair reply report request rescue research reserve respect
    rest result return reuse review revise reward risk rollout root rotate round route rule run sample scale
    schedule scope score screen script search secure separate sequence serve service set shadow shape share shift
    ship shop show sign signal size sketch slice sort sound source speed spike split sponsor spot spread staff stage
    stand standard start state stay step stop store stream stress structure struggle study subject summary supply
    support surface survey switch talk target task team test thread time tool total touch trace track trade train
    transfer transition transport travel treat trend trial trust try turn type update upgrade upset use value view
    visit voice vote walk warrant watch weight win wish wonder workshop wrap
    """.split()
)
_ADVERBS = frozenset("also always never often then now sometimes still just even well not both".split())
_LY_VERBS = frozenset("apply comply imply multiply rely reply supply".split())
_DETERMINERS = frozenset(
    """
    a an the this that these those their its his her your my our own each every any some all both another other others
    them it him us you themselves itself how what why when where whether which who whom new several many one two three
    people everyone everybody colleagues
    """.split()
)
_PARTICLES = frozenset(
    """
    of for with in from to by as and or on at between within across per into over under about among than through during
    but that which who whose are is was were can will have has they we you i he she
    """.split()
)
_FORMS_OF_BE = {"be": "is", "have": "has", "do": "does", "go": "goes"}
_NEXT = re.compile(r"[\W\d_]*([^\W\d_]+(?:'[a-z]+)?)")


class Head(NamedTuple):
    """How a text begins: the verb, or in its absence the first word, from ``start`` up to ``end``."""

    form: Form
    verb: str
    start: int
    end: int


def third(verb: str) -> str:
    """The form that goes with one person: `leads` for `lead`."""
    if verb in _FORMS_OF_BE:
        return _FORMS_OF_BE[verb]
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "z")) else f"{verb}s"


@cache
def bases() -> frozenset[str]:
    """The verbs, as in `to lead`. What is a noun more often than a verb is among them."""
    return frozenset(_VERBS) | _DOUBLE


@cache
def thirds() -> dict[str, str]:
    """The verbs by the form that goes with one person."""
    return {third(verb): verb for verb in bases()}


@cache
def _double_thirds() -> frozenset[str]:
    return frozenset(map(third, _DOUBLE))


def is_adverb(word: str) -> bool:
    return word in _ADVERBS or (word.endswith("ly") and word not in _LY_VERBS)


def words_from(text: str, start: int) -> Iterator[re.Match[str]]:
    """The words of a folded text from a place on; group 1 is the word."""
    while match := _NEXT.match(text, start):
        yield match
        start = match.end()


def opens_third(text: Text) -> bool:
    """Whether the first word is a verb as in `Leads`. This is quickly told, and true of most texts."""
    return text.folded.partition(" ")[0] in thirds()


def head(text: Text) -> Head | None:
    """How a text begins, adverbs aside."""
    if opens_third(text):
        opening = text.folded.partition(" ")[0]
        return Head("third", opening, 0, len(opening))
    form: Form = "other"
    for match in words_from(text.folded, 0):
        word, start, end = match[1], match.start(1), match.end()
        subject, _, rest = word.partition("'")
        if form == "other" and subject in ("you", "i"):
            form = "you" if subject == "you" else "first"
            if rest:
                return Head(form, "be" if rest in ("re", "m") else "have", start, end)
        elif not is_adverb(word):
            return Head(form if form != "other" else _form(word, text.folded, end), word, start, end)
    return None


def _form(word: str, text: str, end: int) -> Form:
    if word in thirds():
        return "third"
    if word in bases() and is_verb(word, text, end):
        return "base"
    return "other"


def is_verb(word: str, text: str, end: int) -> bool:
    """Whether a known verb that ends at ``end`` is none of the nouns that are spelled like it."""
    is_sure = word in bases() or word in thirds()
    if is_sure and word not in _DOUBLE and word not in _double_thirds():
        return True
    following = _NEXT.match(text, end)
    if following is None or following.start(1) != end + 1 or not text[end].isspace():
        return False
    if word in _DOUBLE:
        return following[1] in _DETERMINERS
    return not (following[1] in _PARTICLES or following[1].endswith("ed") or is_adverb(following[1]))
