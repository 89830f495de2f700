"""Judged sentences as cases of the codebook: a file that `onrecord codebook test` reads."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from onrecord.lexicons import codebook_files, read_rows
from onrecord.review.decisions import Account
from onrecord.review.settle_cases import Case, Review

HEAD = """\
# Sentences that persons have judged, as cases of the entries that read them: yes where the entry is
# right, no where it is not. Try them with: onrecord codebook test FILE
"""
OWN = ("yes", "no")
LONGEST_LINE = 90


@dataclass(slots=True)
class _Judged:
    """Sentences of one entry; one that is both stays out."""

    yes: dict[str, None] = field(default_factory=dict)
    no: dict[str, None] = field(default_factory=dict)


def write_cases(review: Review) -> str:
    """Return a codebook file with the entries that judged events rest on and their sentences.

    Events that a person added go to the entry of that code which knows the word; where there is none,
    they stand as comments at the end, for whoever writes one.
    """
    rows = {str(row["key"]): row for path in codebook_files() for row in read_rows(path)}
    judged: dict[str, _Judged] = {}
    missed: list[str] = []
    for case in review.cases:
        if not case.is_settled:
            continue
        _judge_rule(case, rows, judged)
        if case.account is not None and _needs_entry(case):
            key = _find_entry(rows.values(), case)
            if key is not None:
                judged.setdefault(key, _Judged()).yes[_one_line(case.sentence)] = None
            else:
                missed.append(_tell_missed(case, case.account))
    entries = [_write_entry(rows[key], judged[key]) for key in sorted(judged)]
    return "\n".join([HEAD, *(entry for entry in entries if entry), *missed])


def _judge_rule(case: Case, rows: dict[str, Any], judged: dict[str, _Judged]) -> None:
    """Note the sentence under the rule that the coder read it by, if it is one of the codebook."""
    rule = _rule_of(case)
    if rule not in rows:
        return
    found = judged.setdefault(rule, _Judged())
    (found.yes if _is_right(case) else found.no)[_one_line(case.sentence)] = None


def _rule_of(case: Case) -> str:
    return (case.coded.rule if case.coded else None) or ""


def _is_right(case: Case) -> bool:
    """Return whether the rule took the words for the right act, whatever the roles and the status."""
    return case.account is not None and case.coded is not None and case.coded.type == case.account.type


def _needs_entry(case: Case) -> bool:
    return case.coded is None or not _is_right(case)


def _find_entry(rows: Iterable[dict[str, Any]], case: Case) -> str | None:
    """Return the entry of a code that names one of the words, the first one by name."""
    assert case.account is not None
    words = case.words.lower().split()
    fitting = [
        str(row["key"])
        for row in rows
        if row["code"] == case.account.cameo and _knows(row, words)
    ]  # fmt: skip
    return min(fitting, default=None)


def _knows(row: dict[str, Any], words: list[str]) -> bool:
    """Return whether an entry names a word, by its beginning: words of entries are lemmas."""
    lemmas = {str(one).split(":")[0].split()[0] for one in (*row.get("verbs", ()), *row.get("nouns", ()))}
    return any(word.startswith(lemma[:-1]) for word in words for lemma in lemmas if len(lemma) > 3)


def _write_entry(row: dict[str, Any], judged: _Judged) -> str:
    """Return an entry as it stands in the codebook, with the judged sentences for its own ones."""
    yes = [one for one in judged.yes if one not in judged.no]
    no = [one for one in judged.no if one not in judged.yes]
    if not yes and not no:
        return ""
    lines = [f"{key} = {_write_value(_pass_on(value))}" for key, value in row.items() if key not in OWN]
    lines += [f"{name} = {_write_value(found)}" for name, found in (("yes", yes), ("no", no)) if found]
    return "\n".join(["[[entry]]", *lines]) + "\n"


def _pass_on(value: Any) -> Any:
    """Return a value without patterns of three words: they match nothing, and files of users hold none."""
    if not isinstance(value, list):
        return value
    return [one for one in value if len(str(one).partition(":")[0].split()) < 3]


def _write_value(value: Any) -> str:
    """Return a value as TOML, a long list an item a line; JSON escapes what TOML would."""
    if not isinstance(value, (list, tuple)):
        return _write_scalar(value)
    items = list(map(_write_scalar, value))
    line = f"[{', '.join(items)}]"
    return line if len(line) < LONGEST_LINE else "[\n" + "".join(f"    {item},\n" for item in items) + "]"


def _write_scalar(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _tell_missed(case: Case, account: Account) -> str:
    what = f"{account.cameo or account.type} {_one_line(case.words)!r}"
    return f"# no entry yet: {what}: {json.dumps(_one_line(case.sentence), ensure_ascii=False)}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
