"""Lists of words: how phrases are written, where they are found, and that the lists themselves are well made."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laddercli import rules as package
from laddercli.findings import Place
from laddercli.lexicon import Words, entries, extended, lexicon
from laddercli.nodes import Plain
from laddercli.phrases import end_of, parts, stands_around
from laddercli.reading import Text
from laddercli.rules import rules

FOLDER = Path(package.__file__).parent / "words"
# Not every rule that has data has phrases.
LISTS = sorted(path.stem for path in FOLDER.glob("*.yaml") if "match:" in path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("phrase", "text", "start", "found"),
    [
        ("second nature", "is second nature to you", 3, "second nature"),
        ("second nature", "second-nature", 0, "second-nature"),
        ("second nature", "second\n  nature.", 0, "second\n  nature"),
        ("second nature", "second natured", 0, None),
        ("second nature", "second, nature", 0, None),
        ("at your|their fingertips", "at their fingertips", 0, "at their fingertips"),
        ("at your|their fingertips", "at his fingertips", 0, None),
        ("very? good work", "very good work", 0, None),  # the first word is never absent
        ("is very? good", "is good", 0, "is good"),
        ("is very? good", "is very good", 0, "is very good"),
        ("is very? very good", "is very good", 0, "is very good"),
        ("instinct~", "instinctively", 0, "instinctively"),
        ("instinct~ for", "instincts for", 0, "instincts for"),
        ("go-to", "go to", 0, "go to"),
        ("go-to", "go-to", 0, "go-to"),
        ("a _ b", "a long b", 0, "a long b"),
        ("a _ b", "a b", 0, None),
        ("a _ years", "a 3-5 years", 0, "a 3-5 years"),
        ("a _? _? b", "a x b", 0, "a x b"),
        ("year's", "year's", 0, "year's"),
        ("kpi", "kpis", 0, None),
        ("능숙", "능숙 하다", 0, "능숙"),
    ],
)
def test_a_phrase_stands_where_its_words_do(phrase: str, text: str, start: int, found: str | None) -> None:
    end = end_of(phrase, text, start)
    assert (None if end is None else text[start:end]) == found


WORDS = st.sampled_from(["a", "b", "ab", "abc"])
PART = st.one_of(WORDS, st.just("_"), WORDS.map(lambda word: f"{word}~"), st.lists(WORDS, min_size=2).map("|".join))
PHRASES = st.tuples(WORDS, st.lists(st.tuples(PART, st.booleans()), max_size=4)).map(
    lambda phrase: " ".join([phrase[0], *(f"{word}{'?' * optional}" for word, optional in phrase[1])])
)


def expression(phrase: str) -> str:
    """The same phrase as a regular expression: slow to make, easy to trust."""
    found = ""
    for index, part in enumerate(parts(phrase)):
        words = [
            r"[^\s]+?" if each.pieces is None else each.pieces[0] + r"\w*" * each.is_beginning for each in part.choices
        ]
        gap = r"[\s-]+" if index else ""
        found += f"(?:{gap}(?:{'|'.join(words)}))" + "?" * part.is_optional
    return found + r"(?!\w)"


@given(
    PHRASES, st.lists(st.sampled_from(["a", "b", "ab", "abc", "abcd"]), max_size=7), st.sampled_from([" ", "-", "  "])
)
def test_a_phrase_means_what_an_expression_would(phrase: str, words: list[str], gap: str) -> None:
    text = gap.join(words)
    assert (end_of(phrase, text, 0) is not None) == (re.match(expression(phrase), text) is not None)


@pytest.mark.parametrize(
    ("phrase", "expected"), [("natural language", True), ("a natural", True), ("natural", True), ("language", False)]
)
def test_a_longer_phrase_stands_around_a_shorter(phrase: str, expected: bool) -> None:
    assert stands_around(phrase, "with a natural language", 7, 14) is expected


def hits(words: Words, value: str) -> list[str]:
    text = Text(value, "criterion", Place("x", ()))
    return [hit.words for hit in extended(None, words).find(text)]


def test_words_are_found_whole_in_any_case_and_the_longest_wins() -> None:
    words = Words(reject=("level up", "level", "synerg~"), allow=("level playing field",))
    assert hits(words, "Level-up the Synergies on a level playing field; levels, LEVEL.") == [
        "Level-up",
        "Synergies",
        "levels",
        "LEVEL",
    ]


@given(st.text())
def test_places_stay_what_they_are_when_letters_are_folded(value: str) -> None:
    text = Text(value, "criterion", Place("x", ()))
    assert len(text.folded) == len(value)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_well_made(name: str) -> None:
    """Of a rule that exists, in small letters, without repetition, each phrase such that it finds itself."""
    assert name in rules()
    seen: set[str] = set()
    for entry in entries(name):
        assert entry.because, entry.match
        assert not isinstance(entry.because, Plain)
        for phrase in (*entry.match, *entry.unless):
            assert phrase == " ".join(phrase.split()), phrase
            assert not parts(phrase)[0].is_optional, phrase
            assert parts(phrase)[0].choices[0].pieces is not None, phrase
        assert not seen & set(entry.match), seen & set(entry.match)
        seen.update(entry.match)
    assert lexicon(name).firsts or lexicon(name).beginnings
