"""What changed in a ladder: first in one line how much and of whom it asks more, then the changes, gravest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from laddercli.blocks import Block, Chapter, Entry, Headline, Page, Paragraph, Record, Span, Style, Text, dim, plain
from laddercli.changes import Change, Impact, neighbor
from laddercli.differences import IMPACTS, Difference, Site, Told, touched
from laddercli.display import count
from laddercli.editions import Failure
from laddercli.inline import parse
from laddercli.ladder import Ladder, Level
from laddercli.resolution import resolve
from laddercli.views.words import rewritten

HEADS = ("Level", "Measure", "Change", "Before", "After")
# Names that are listed one by one; the others are counted.
MANY = 3
# Longer values do not stand on one line with an arrow between them.
SHORT = 36

_SIGNS = {
    "raised": "↑",
    "lowered": "↓",
    "added": "+",
    "set": "+",
    "removed": "−",
    "unset": "−",
    "moved": "→",
}
# Of what came or went as a whole, a portrait says more than its title does.
_WHOLE = ("level-added", "level-removed")
# What a part is called that belongs to no level, by the first part of its path.
_PARTS = {
    "about": "About",
    "policy": "Policy",
    "organization": "Organization",
    "glossary": "Glossary",
    "visibility": "Visibility",
    "grades": "Grades",
    "compensation": "Pay",
    "metrics": "Metrics",
    "measures": "Measures",
    "tracks": "Tracks",
    "everyone": "Everyone",
    "moves": "Moves",
    "notes": "Notes",
}


def changelog_page(difference: Difference, between: str) -> Page:
    """What differs between two versions of a ladder; ``between`` says which. A page without blocks where nothing
    does."""
    return Page(tuple(_blocks(difference, between)) if difference.changes else ())


def left_out_page(failures: Sequence[Failure]) -> Page:
    """The files that could not be compared. A page without blocks where there are none."""
    return Page(tuple(Paragraph(plain(f"Left out: {each.message}.")) for each in failures))


def _blocks(difference: Difference, between: str) -> Iterator[Block]:
    difference = _without_version(difference)
    counts = [(impact, difference.number(Impact[impact.upper()])) for impact in IMPACTS]
    said = tuple(f"{number:,} {impact}" for impact, number in counts if number)
    yield Headline(difference.ladder.title, state(difference), between, said, verdict(difference))
    yield record(difference)
    if difference.bump:
        bump = difference.bump
        words = f"a {bump.impact} change needs version {bump.needed}; it says {bump.new}"
        yield Paragraph(plain(f"warning[version-not-bumped]: {words}"))


def _without_version(difference: Difference) -> Difference:
    """The headline tells of the version, so among other changes it need not be told again."""
    others = tuple(told for told in difference.changes if told.change.kind != "version-changed")
    return replace(difference, changes=others) if others else difference


def record(difference: Difference) -> Record:
    """The changes of a ladder as a block, for pages that have a head of their own."""
    told = sorted(difference.changes, key=_order(difference))
    chapters = []
    for impact in sorted(Impact, reverse=True):
        some = [each for each in told if each.change.impact is impact]
        if some:
            meaning = _meaning(impact, [each.change for each in some])
            entries = tuple(entry(each, difference) for each in some)
            chapters.append(Chapter(str(impact), meaning, impact is Impact.MAJOR, entries))
    return Record(tuple(chapters), _touched(difference), HEADS)


def state(difference: Difference) -> str:
    """The version of the ladder, with what it was before."""
    old, new = difference.old, difference.new
    if old is None or new is None:
        version = difference.ladder.version
        return " ".join(filter(None, (version, "(new)" if old is None else "(removed)")))
    if old.version == new.version:
        return new.version or ""
    return f"{old.version or 'no version'} → {new.version or 'no version'}"


def verdict(difference: Difference) -> str:
    """Whom the changes ask more of; else from whom they take something. Empty where they do neither."""
    changes = [told.change for told in difference.changes if told.change.impact is Impact.MAJOR]
    asked = {level for change in changes for level in change.asks_more_of}
    if asked:
        return f"asks more of: {_names(asked, difference)}"
    losing = {level for change in changes for level in change.levels}
    verb = "changes for" if all(_only_changes(change) for change in changes) else "takes from"
    return f"{verb}: {_names(losing, difference)}" if losing else ""


def entry(told: Told, difference: Difference) -> Entry:
    """One change, in words."""
    change = told.change
    part, short, detail = _where(change, difference)
    whole = change.kind in _WHOLE
    before, after = ((), ()) if whole else (_text(change.before), _text(change.after))
    label = change.level.name if whole and change.level else change.label
    repeated = label in (change.before, change.after, detail) and not whole
    sign = _SIGNS.get(change.kind.rpartition("-")[2], "~")
    site = told.new or told.old
    return Entry(
        part,
        short,
        detail,
        sign,
        change.kind.replace("-", " "),
        () if repeated or not label else parse(label),
        _words(change, before, after),
        before,
        after,
        tuple(line for line in _remarks(change, difference) if line),
        _place(site) if site else "",
    )


def _order(difference: Difference) -> Callable[[Told], tuple[int, int]]:
    """What belongs to the whole ladder comes first, then level by level as they stand; what was added comes last."""
    ranks = {level: rank for rank, level in enumerate(_titles(difference))}

    def key(told: Told) -> tuple[int, int]:
        change = told.change
        if change.level is None:
            return 0, 0
        return (2 if change.kind == "level-added" else 1), ranks.get(change.level.id, len(ranks))

    return key


def _meaning(impact: Impact, changes: Sequence[Change]) -> str:
    if impact is Impact.PATCH:
        return "moves nobody's expectations"
    if impact is Impact.MINOR:
        return "clarifies, or adds room"
    asks = [bool(change.asks_more_of) for change in changes]
    if all(asks):
        return "asks more of people who hold the level"
    if all(change.asks_more_of or _only_changes(change) for change in changes):
        meaning = "changes what people hold the level for"
        return f"asks more of people, or {meaning.replace('people hold', 'they hold')}" if any(asks) else meaning
    return "asks more of people, or takes something" if any(asks) else "takes something from people"


def _only_changes(change: Change) -> bool:
    """Whether a change that asks nobody for more alters what was promised, and takes nothing that is known."""
    return change.kind in ("level-grade-changed", "grade-removed") or change.kind.endswith(("-reworded", "-moved"))


def _where(change: Change, difference: Difference) -> tuple[str, str, str]:
    """Where a change happened: the part in full, the part in short, and what of it."""
    measure = change.measure.name if change.measure else ""
    if change.level:
        id, name = change.level
        return (name if name == id else f"{name} ({id})"), id, measure
    first, _, rest = change.path.partition("/")
    if first == "tracks" and "/everyone/" in change.path:
        track = rest.partition("/")[0]
        names = {each.id: each.name for each in difference.ladder.tracks}
        return f"Everyone on {names.get(track, track)}", f"everyone on {track}", measure
    part = _PARTS.get(first, "Ladder")
    return part, part.lower(), measure


def _text(value: str | None) -> Text:
    return parse(value) if value else ()


def _words(change: Change, before: Text, after: Text) -> Text:
    """A text with its words marked; nothing for values that say more side by side."""
    if not before and not after:
        return ()
    if not before or not after:
        if change.kind.endswith("-changed"):  # no sign says on which side it is
            style = Style.ADDED if after else Style.REMOVED
            return tuple(Span(span.text, style) for span in before or after)
        return () if change.metric or change.label else before or after
    values = ["".join(span.text for span in text) for text in (before, after)]
    is_prose = change.kind.endswith(("-reworded", "-moved")) and change.metric is None
    if not is_prose and max(map(len, values)) <= SHORT and "\n" not in "".join(values):
        return ()
    if values[0] == values[1]:  # it is the marks around the words that changed, or where they stand
        same = change.before == change.after
        return after if same else rewritten(plain(change.before or ""), plain(change.after or ""))
    return rewritten(before, after)


def _remarks(change: Change, difference: Difference) -> Iterator[Text]:
    """What a reader wants to know beside the change itself."""
    new = difference.new
    beside = neighbor(new, change) if new else None
    if beside:
        yield plain(f"{beside.level.name} has {beside.value}{' too' if beside.is_same else ''}.")
    if change.kind in _WHOLE and change.level:
        ladder = new if change.kind == "level-added" else difference.old
        yield from _portrait(ladder, change.level.id) if ladder else ()
    if change.origin:
        yield plain(f"From {change.origin}{_way(change.reason)}.")
    elif change.reason:
        yield _because(change)
    if change.impact is Impact.MAJOR and change.level is None and change.levels:
        verb = "Asks more of" if change.asks_more_of else "Touches"
        yield plain(f"{verb} {_names(change.asks_more_of or change.levels, difference)}.")


def _way(reason: str | None) -> str:
    return f", {reason}" if reason and reason.startswith("to ") else f"; {reason}" if reason else ""


def _because(change: Change) -> Text:
    """The words that decided how much a change weighs, or the reason that the ladder gives."""
    reason = change.reason or ""
    if change.kind == "parity-waived":
        return parse(reason)
    if reason == "rewritten":
        return dim("Hardly any of the old words are left.")
    if change.kind.endswith("-reworded"):
        return dim(f"It asks for something else: {reason}.")
    return plain(f"{reason[:1].upper()}{reason[1:]}.")


def _portrait(ladder: Ladder, name: str) -> Iterator[Text]:
    """A level that came or went, in a few lines."""
    track, level = ladder.levels[name]
    code = level.code if level.code != level.title else None
    grade = f"grade {level.grade.title}" if level.grade else None
    yield plain(", ".join(filter(None, (code, grade, _beside(ladder, level)))) + ".")
    found = [resolve(ladder, level, measure) for measure in track.measures]
    steps = " · ".join(each.step.name for each in found if each.step)
    cells = level.expectations.values()
    criteria, benchmarks = sum(len(each.criteria) for each in cells), sum(len(each.benchmarks) for each in cells)
    counts = (criteria, count(criteria, "criterion", "criteria")), (benchmarks, count(benchmarks, "benchmark"))
    extent = ", ".join(words for number, words in counts if number)
    yield from map(plain, filter(None, (steps, extent)))


def _beside(ladder: Ladder, level: Level) -> str:
    """Where a level stands on its track."""
    above, below = ladder.next(level), ladder.below(level)
    other = above or below
    if other is None:
        return f"the only level of {ladder.track_of(level).name}"
    return f"{'below' if above else 'above'} {other.title} ({other.id})"


def _names(levels: Iterable[str], difference: Difference) -> str:
    """The titles of levels in their order; where there are many, some of them and how many more."""
    wanted = set(levels)
    if len(wanted) > MANY and wanted >= set(difference.ladder.levels):
        return f"all {len(wanted)} levels"
    titles = [title for id, title in _titles(difference).items() if id in wanted]
    if len(titles) <= MANY + 1:  # "and 1 more" would be as long as its name
        return ", ".join(titles)
    return f"{', '.join(titles[:MANY])} and {len(titles) - MANY} more"


def _titles(difference: Difference) -> dict[str, str]:
    """The titles of levels by id, in the order of the ladder; those that are gone come last."""
    ladders = [ladder for ladder in (difference.old, difference.new) if ladder]
    known = {id: level.title for each in ladders for id, (_, level) in each.levels.items()}
    return {id: known[id] for id in dict.fromkeys((*difference.ladder.levels, *known))}


def _touched(difference: Difference) -> tuple[tuple[str, ...], ...]:
    """How many changes of each weight touch a level, for every level that one does."""
    counts: dict[str, Counter[str]] = {}
    for told in difference.changes:
        for level in touched(told.change):
            counts.setdefault(level, Counter())[str(told.change.impact)] += 1
    rows = [
        (title, *(str(counts[level][impact] or "") for impact in IMPACTS))
        for level, title in _titles(difference).items()
        if level in counts and (difference.levels is None or level in difference.levels)
    ]
    return (("Level", *IMPACTS), *rows) if rows else ()


def _place(site: Site) -> str:
    return f"{site.file}:{site.mark.line}"
