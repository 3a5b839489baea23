"""JUnit's XML, which every CI shows as tests: a suite for each file, a test case for each finding.

A file without findings has one test case that passes, so that a clean run is not a run without tests. There are no
times and no date in it: the same findings give the same text.
"""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from laddercli.display import one_line
from laddercli.findings import VALIDITY, Finding
from laddercli.reporters import Report, advice
from laddercli.reporters.concise import line
from laddercli.repository import Names

# Nobody could look into such a file: for JUnit that is an error, not a test that failed.
_UNREADABLE = re.compile("syntax|encoding|too-.+")
# What XML 1.0 cannot hold, not even escaped. Most of it is shown as an escape already.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def report(report: Report) -> str:
    """A document with a suite for each file that was judged."""
    by_file: dict[str, list[Finding]] = {path: [] for path in report.paths}
    for finding in report.findings:
        by_file.setdefault(finding.path, []).append(finding)
    names = Names()
    root = Element("testsuites", name="ladder")
    for path, findings in by_file.items():
        _add_suite(root, _legal(names.of(path)), findings, report)
    _add_numbers(root)
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    # `##[` would be a command in the log of some CI; as a reference it means the same to a reader of XML.
    text = text.replace("##", "#&#35;")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _add_suite(root: Element, file: str, findings: list[Finding], report: Report) -> None:
    suite = SubElement(root, "testsuite", name=file)
    times: Counter[str] = Counter()
    for finding in findings:
        name = f"{finding.rule}:{finding.logical_path}" if finding.logical_path else finding.rule
        times[name] += 1
        # A CI that tells test cases by their names would keep one of two.
        name = f"{name} ({times[name]})" if times[name] > 1 else name
        case = SubElement(
            suite,
            "testcase",
            name=_legal(name),
            classname=f"ladder.{finding.category}",
            file=file,
            line=str(finding.span.start.line),
            time="0",
        )
        _add_outcome(case, finding, fails=report.fails(finding))
    if not findings:
        SubElement(suite, "testcase", name="no findings", classname=f"ladder.{report.work}", file=file, time="0")
    _add_numbers(suite)
    suite.set("file", file)


def _add_outcome(case: Element, finding: Finding, *, fails: bool) -> None:
    if finding.category == VALIDITY and _UNREADABLE.fullmatch(finding.rule):
        outcome = SubElement(case, "error", message=_legal(finding.text), type=_legal(finding.rule))
    elif fails:
        outcome = SubElement(case, "failure", message=_legal(finding.text), type=_legal(finding.rule))
    else:
        outcome = SubElement(case, "system-out")
    way_out = advice(finding)
    outcome.text = _ILLEGAL.sub("", f"{line(finding)}\nhelp: {one_line(way_out)}" if way_out else line(finding))


def _add_numbers(element: Element) -> None:
    for name, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(name, str(sum(1 for _ in element.iter(tag))))
    element.set("time", "0")


def _legal(text: str) -> str:
    """Text for an attribute."""
    return _ILLEGAL.sub("", one_line(text))
