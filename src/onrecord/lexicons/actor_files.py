"""Actor files of the user: our TOML, or actor dictionaries in the form of PETRARCH."""

from __future__ import annotations

import re
from pathlib import Path

from onrecord.errors import LexiconError
from onrecord.lexicons.actors import Organization
from onrecord.lexicons.cache_files import cached_by_files
from onrecord.lexicons.check_actors import OwnActor, read_actors
from onrecord.lexicons.countries import load_countries

WORLDWIDE = {
    "IGOUNO": "UNO",
    "IGOEEC": "EUR",
    "IGO": "IGO",
    "NGO": "NGO",
    "IMG": "IMG",
    "MNC": "MNC",
    "NGM": "ISM",
}
PLOVER = {"MED": "JRN", "HLH": "MED", "INS": "REB", "SEP": "REB", "HRI": "SOC", "ENV": "SOC", "DEV": "SOC"}
CODE = re.compile(r"\[\s*(?P<code>[A-Za-z/]{2,20}|---|###)\s*(?P<when>[<>]?[^\]]*)\]")
"""`[XXLGOV 150301-20210115]`: a code, and the days on which it holds."""
Dated = tuple[str, tuple[str | None, str | None]]
"""A code and the first and last day on which it holds."""
DAYS = re.compile(r"^\s*(?P<sign>[<>]?)\s*(?P<one>\d{6,8})?\s*(?:-\s*(?P<two>\d{6,8}))?\s*$")


@cached_by_files
def load_actor_file(path: str) -> tuple[tuple[Organization, ...], ...]:
    """Return the actors of a file, each as its rows by date; lines that make no sense are left out.

    A .toml file has `[[actor]]` tables with the keys of `OwnActor`; any other file is read as a PETRARCH
    actor dictionary. Raises LexiconError if there is no such file or no actor in it, and for a .toml file
    that says what it may not, with the line.
    """
    file = Path(path)
    if not file.is_file():
        raise LexiconError(f"no actor file at {path}: expected the path of a .toml or PETRARCH actor file")
    if file.suffix == ".toml":
        return tuple((_row_of_actor(actor),) for actor in read_actors(file))
    data = file.read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    found = tuple(rows for block in _blocks(text) if (rows := _rows_of_block(block)))
    if not found:
        raise LexiconError(f"{path}: no actor was read; expected a .toml file or a PETRARCH actor dictionary")
    return found


def _row_of_actor(actor: OwnActor) -> Organization:
    return Organization(
        actor.name, actor.aliases, actor.type, actor.country, actor.sector, actor.cameo, actor.start,
        actor.end, actor.wikidata, "user",
    )  # fmt: skip


def _blocks(text: str) -> list[list[str]]:
    """Return the records of a PETRARCH file: a line, then its synonyms and dated codes."""
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    blocks: list[list[str]] = []
    for raw in text.split("\n"):
        line = re.split(r"[#;]", raw, maxsplit=1)[0].rstrip() if "[###]" not in raw else ""
        if "---STOP---" in line:
            break
        if not line.strip() or line.startswith("<!"):
            continue
        if line[0] in "+\t [" and blocks:
            blocks[-1].append(line.strip())
        elif line[0] not in "+\t [!":
            blocks.append([line])
    return blocks


def _rows_of_block(block: list[str]) -> tuple[Organization, ...]:
    names: list[str] = []
    dated: list[Dated] = []
    always: list[Dated] = []
    for line in block:
        phrase = line.split("[", 1)[0].strip().lstrip("+").strip("_ \t").replace("_", " ")
        if phrase and not line.startswith("["):
            names.append(_as_name(phrase))
        for found in CODE.finditer(line):
            when = DAYS.match(found["when"])
            if when is not None and found["code"] not in ("---", "###"):
                (dated if when["one"] else always).append((found["code"].upper(), _period(when)))
    if not names:
        return ()
    return tuple(_row_of_code(names, code, period) for code, period in dated + always)


def _as_name(phrase: str) -> str:
    """Return an upper-case phrase as a name: short words in capitals stay, for they may be acronyms."""
    return " ".join(
        word if len(word) <= 4 and " " not in phrase else word.capitalize() for word in phrase.split()
    )


def _period(when: re.Match[str]) -> tuple[str | None, str | None]:
    one, two = _iso(when["one"]), _iso(when["two"])
    if when["sign"] == "<":
        return None, one
    return one, two


def _iso(digits: str | None) -> str | None:
    """Return YYYYMMDD or YYMMDD as an ISO date.

    >>> _iso("150301"), _iso("990301")
    ('2015-03-01', '1999-03-01')
    """
    if digits is None:
        return None
    if len(digits) < 8:
        digits = ("20" if int(digits[:2]) <= 30 else "19") + digits[:6]
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}"


def _row_of_code(names: list[str], code: str, period: tuple[str | None, str | None]) -> Organization:
    code = code.split("/")[0]
    nations = {country.cameo: country.alpha3 for country in load_countries() if country.successor is None}
    country = nations.get(code[:3])
    sector = PLOVER.get(code[3:6], code[3:6]) or None if country else None
    if country is None:
        sector = next((WORLDWIDE[code[:size]] for size in (6, 3) if code[:size] in WORLDWIDE), None)
    kind = "country" if country and not sector else "organization"
    return Organization(
        names[0], tuple(names[1:]), kind, country, sector, code, period[0], period[1], None, "user"
    )  # fmt: skip
