"""The gazetteer: names of places in one file of compressed blocks, read a block at a time."""

from __future__ import annotations

import unicodedata
import zlib
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache

from onrecord.lexicons.load import data_path

FILE = "gazetteer.bin"


@dataclass(frozen=True, slots=True)
class Entry:
    """One place that a name may mean."""

    name: str
    lat: float
    lon: float
    country: str
    """ISO 3166-1 alpha-2; empty for seas, continents and regions of several countries."""
    admin: str
    """GeoNames code of the first-level division, unique within the country."""
    population: int
    feature: str
    geonames: int | None
    primary: bool = True
    """False if the name that was looked up is an alternate one."""


def fold_name(name: str) -> str:
    """Return the form of a name that the gazetteer is sorted by: no case, accents, dots or hyphens.

    >>> fold_name("Saint-Étienne"), fold_name("Sana’a"), fold_name("St. Louis")
    ('st etienne', 'sanaa', 'st louis')
    """
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
        name = name.translate(_LETTERS)
    words = name.lower().translate(_MARKS).split()
    return " ".join(_SHORT.get(word, word) for word in words)


_MARKS = str.maketrans({"-": " ", "–": " ", "‑": " ", "/": " ", ".": None, "'": None, "’": None, "`": None})
_MARKS |= str.maketrans({"ʻ": None, "ʼ": None, "‘": None, "|": " ", "\t": " ", "\n": " ", ",": " "})
_LETTERS = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ı": "i", "đ": "d", "Đ": "D", "ß": "ss"})
_LETTERS |= str.maketrans({"æ": "ae", "Æ": "AE", "ə": "a", "Ə": "A", "ħ": "h", "þ": "th", "ð": "d"})
_SHORT = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}


class Gazetteer:
    """Looks names up in the compressed file; a block is unpacked when a name of it is asked for."""

    def __init__(self, data: bytes) -> None:
        size = int.from_bytes(data[:4], "big")
        head = zlib.decompress(data[4 : 4 + size]).decode()
        self._firsts: list[str] = []
        self._places: list[tuple[int, int]] = []
        at = 4 + size
        for line in head.split("\n"):
            first, length = line.rsplit("\t", 1)
            self._firsts.append(first)
            self._places.append((at, at + int(length)))
            at += int(length)
        self._data = data
        self._block = lru_cache(maxsize=256)(self._unpack)
        self.find = lru_cache(maxsize=20_000)(self._find)

    def _unpack(self, number: int) -> str:
        start, end = self._places[number]
        return "\n" + zlib.decompress(self._data[start:end]).decode()

    def _line(self, key: str) -> list[str]:
        number = bisect_right(self._firsts, key) - 1
        if number < 0:
            return []
        block = self._block(number)
        at = block.find(f"\n{key}\t")
        if at < 0:
            return []
        return block[at + 1 : block.index("\n", at + 1)].split("\t")[1:]

    def _find(self, key: str) -> tuple[Entry, ...]:
        """Return the places that a folded name may mean, the most populous first."""
        found = []
        for cell in self._line(key):
            if cell.startswith("@"):
                found += self._follow(cell[1:])
            else:
                found.append(_read_cell(cell, True))
        return tuple(sorted(found, key=lambda entry: -entry.population))

    def _follow(self, link: str) -> list[Entry]:
        key, _, number = link.partition("|")
        return [_read_cell(self._line(key)[int(number or 0)], False)]


def _read_cell(cell: str, primary: bool) -> Entry:
    number, lat, lon, country, admin, population, feature, name = cell.split("|")
    ident = None if number.startswith("x") else int(number)
    return Entry(
        name, int(lat) / 100, int(lon) / 100, country, admin, int(population), feature, ident, primary
    )


@cache
def open_gazetteer() -> Gazetteer:
    """Return the gazetteer that is installed with onrecord."""
    return Gazetteer(data_path(FILE).read_bytes())
