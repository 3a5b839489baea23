"""`ladder diff`: what changed between two versions?"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from laddercli.cli import options
from laddercli.cli.output import complain, ends, notice, print_json, print_text
from laddercli.display import count
from laddercli.errors import LadderError, NotFound

if TYPE_CHECKING:
    from laddercli.changes import Impact
    from laddercli.differences import Difference
    from laddercli.editions import Edition, Failure, Versions
    from laddercli.ladder import Ladder, Measure
    from laddercli.versions import Side

FORMATS = ("text", "json", "markdown", "github")
# So many reasons why a file is no valid ladder are told; `ladder validate` tells all.
_REASONS = 5


def _revisions(incomplete: str) -> list[str]:
    """Completion of branches and tags, the latest first."""
    return [name[1:] for name, _ in options.complete_revisions(f"@{incomplete}")]


Old = Annotated[
    str | None,
    typer.Argument(metavar="OLD", help="A path, a git revision, or REV:path. Default: the last commit."),
]
New = Annotated[str | None, typer.Argument(metavar="NEW", help="What to compare it with. Default: the working tree.")]
Against = Annotated[
    str | None,
    typer.Option(
        "--against",
        metavar="REV",
        help="The revision to compare with, also where a path has that name.",
        autocompletion=_revisions,
    ),
]
MergeBase = Annotated[
    bool, typer.Option("--merge-base", help="Compare with the common ancestor: not with what others changed since.")
]
Levels = Annotated[
    list[str] | None,
    typer.Option(
        "-l",
        "--level",
        metavar="LEVEL",
        help="Only what touches this level. May be given several times.",
        autocompletion=options.complete_levels,
    ),
]
FailOn = Annotated[
    str | None,
    options.choice("--fail-on", words=(*options.IMPACTS, "never"), help="From which impact on the exit code is 1."),
]
ExitCode = Annotated[bool, typer.Option("--exit-code", help="Exit with 1 on any change.")]
Format = Annotated[str, options.choice("-f", "--output-format", words=FORMATS, help="How to print it.")]


@ends
def run(
    old: Old = None,
    new: New = None,
    against: Against = None,
    merge_base: MergeBase = False,
    levels: Levels = None,
    measures: options.Measures = None,
    min_impact: options.MinImpact = "patch",
    fail_on: FailOn = None,
    exit_code: ExitCode = False,
    output_format: Format = "text",
    audience: options.Audience = "public",
    config: options.ConfigPath = None,
    no_config: options.NoConfig = False,
    color: options.Color = "auto",
    quiet: options.Quiet = 0,
    verbose: options.Verbose = 0,
) -> int:
    """Each change says what it means for people who hold a level: major asks more of them or takes something from
    them, minor clarifies or gives room, patch moves nobody's expectations.

    Examples:
      ladder diff                               what you changed since the last commit
      ladder diff v1.0                          what changed since a tag
      ladder diff v1.0 v2.0 --level senior-pm   what changed for one level
      ladder diff --against origin/main --merge-base --fail-on major    a gate for a pull request
      ladder diff ladders/product.yaml          one file
      ladder diff old.yaml new.yaml             two files, without git
      ladder diff origin/main -f markdown       a comment on a pull request

    Exit codes: 0 also on changes, 1 with --fail-on or --exit-code for such changes, 2 the job could not be done.
    """
    from laddercli import versions
    from laddercli.changes import Impact
    from laddercli.differences import fails, impact_of
    from laddercli.editions import Versions

    finder = options.discovery(config, no_config)
    threshold = Impact.PATCH if exit_code else impact_of(fail_on)
    words = [word for word in (old, new) if word is not None]
    near = next(filter(os.path.lexists, words), os.curdir)
    with Versions(finder, audience, near) as library:  # type: ignore[arg-type]
        before, after = _sides(library, words, against, merge_base)
        every, failures = _differences(library, before, after, audience, threshold is not None, verbose)
        between = versions.title(before, after)
        asked = _Asked(levels, measures, Impact[min_impact.upper()], quiet)
        judged = asked.judged(every)
        shown = asked.shown(judged)
        if quiet < 2:
            _print(shown, failures, between, output_format, color, threshold, quiet)
        if not quiet:
            _notices(every, shown, "" if failures else f"between {versions.between(before, after)}")
            _tell_hidden(judged, threshold)
        return 2 if failures else int(any(fails(each, threshold) for each in judged))


def _sides(library: Versions, words: list[str], against: str | None, merge_base: bool) -> tuple[Side, Side]:
    """What is compared with what; with ``merge_base`` from where the second left the first."""
    from laddercli import versions

    before, after = versions.sides(words, against, os.path.lexists, library.is_revision)
    if not merge_base:
        return before, after
    if before == versions.Side(versions.HEAD):  # which would compare the last commit with itself
        raise LadderError("--merge-base needs a revision to begin with", "add one: --against origin/main")
    return library.since(before, after), after


def _differences(
    library: Versions, before: Side, after: Side, audience: str, is_judged: bool, verbose: int
) -> tuple[list[Difference], list[Failure]]:
    """What differs in every ladder, and what could not be compared, which is told on stderr."""
    from laddercli.differences import difference

    editions = library.edition(before, after), library.edition(after, before)
    judge = library.settings.gate.audience if is_judged else None
    found = []
    for pair in library.pairs(*editions):
        if verbose:
            notice(f"comparing {' with '.join(each.document.path for each in pair if each)}")
        found.append(difference(pair, audience, judge))  # type: ignore[arg-type]
    return found, _tell_failures(*editions)


def _tell_failures(*editions: Edition) -> list[Failure]:
    """Say which files are no valid ladders, in which version and why."""
    failures = [failure for edition in editions for failure in edition.failures.values()]
    for failure in failures:
        complain(failure.message, failure.help)
        for finding in failure.findings[:_REASONS]:
            complain(f"{finding.path}:{finding.span.start.line}:{finding.span.start.column}: {finding.text}")
        if len(failure.findings) > _REASONS:
            complain(f"and {len(failure.findings) - _REASONS} more")
    return failures


class _Asked(NamedTuple):
    """Which part of a difference was asked for."""

    levels: list[str] | None
    measures: list[str] | None
    least: Impact
    quiet: int = 0

    def judged(self, every: list[Difference]) -> list[Difference]:
        """The part that the exit code depends on. Raises ``NotFound`` for a level or measure that is none."""
        from laddercli.differences import only
        from laddercli.names import find_measures

        levels = _levels(self.levels, every, self.quiet) if self.levels else None
        measures = find_measures(self.measures, _measures(every)) if self.measures else None
        found = []
        for index, each in enumerate(every):
            wanted = None if levels is None else frozenset(id for place, id in levels if place == index)
            found.append(only(each, wanted, measures))
        return found

    def shown(self, judged: list[Difference]) -> list[Difference]:
        """The part that is shown."""
        from laddercli.differences import only

        return [only(each, None, None, self.least) for each in judged]


def _levels(names: list[str], every: list[Difference], quiet: int) -> set[tuple[int, str]]:
    """The levels of these names, each with the number of its difference: those of now, else those of before."""
    from laddercli.names import find_level

    new = [each.new for each in every if each.new]
    old = [each.old for each in every if each.old]
    found = set()
    for name in names:
        try:
            position = find_level(name, new, (lambda _: None) if quiet else notice)
        except NotFound as error:
            try:
                position = find_level(name, old)
            except NotFound:
                raise error from None
        number = next(index for index, each in enumerate(every) if position.ladder in _ladders(each))
        found.add((number, position.level.id))
    return found


def _ladders(difference: Difference) -> list[Ladder]:
    return [ladder for ladder in (difference.new, difference.old) if ladder]


def _measures(every: list[Difference]) -> list[Measure]:
    return [measure for each in every for ladder in _ladders(each) for measure in ladder.measures]


def _print(
    shown: list[Difference],
    failures: list[Failure],
    between: str,
    output_format: str,
    color: str,
    threshold: Impact | None,
    quiet: int,
) -> None:
    """Print what differs. Where nothing does, nothing is printed but the envelope of JSON."""
    if output_format == "json":
        from laddercli.exports.changes import changes_records
        from laddercli.exports.records import document

        print_json(document(**changes_records(shown, failures)))
        return
    if output_format == "github":
        from laddercli.exports.annotations import annotated

        print_text(annotated(shown, threshold, between, failures, quiet=quiet > 0))
        return
    from laddercli.cli.ladders import write_page
    from laddercli.views.changelog import changelog_page, left_out_page

    pages = [changelog_page(each, between) for each in shown]
    if output_format == "markdown":  # a comment is read without what stderr says
        pages.append(left_out_page(failures))
    print_text("\n".join(write_page(page, output_format, color) for page in pages if page.blocks))


def _notices(every: list[Difference], shown: list[Difference], where: str) -> None:
    """Say on stderr why there is nothing to see, and what was not compared. ``where`` is empty where an error has
    been told already."""
    for each in every:
        if each.lacks_pay:
            notice(f"{each.ladder.title}: pay is known in one version only, and not compared")
    total, left = (sum(len(each.changes) for each in some) for some in (every, shown))
    if where and not left:
        notice(f"none of the {total:,} changes {where} is what was asked for" if total else f"no changes {where}")


def _tell_hidden(judged: list[Difference], threshold: Impact | None) -> None:
    """Say that changes count which are not shown, so that nobody wonders about the exit code."""
    hidden = [told for each in judged for told in each.hidden if threshold and told.change.impact >= threshold]
    if hidden:
        changes = count(len(hidden), "change counts", "changes count")
        notice(f"{changes} that this audience does not see, because .ladder.yaml says so: `diff: {{audience: …}}`")
