"""Everything that passes between stages, in pipeline order: the contract as frozen records.

Offsets are Unicode code points into `page.text`, half-open. A field whose metadata says
`internal` carries what a later stage needs and stays out of the printed record.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar, get_args, get_type_hints

from onrecord.errors import FolderError
from onrecord.extras import VIEWS, import_extra

if TYPE_CHECKING:
    import pandas

    from onrecord.words import Token, Tokens

SCHEMA = "onrecord/1"

Span = tuple[int, int]
T = TypeVar("T")

PART_KINDS = ("title", "byline", "dateline", "paragraph", "caption", "comment", "other")
"""Kinds of part; everything but `comment` belongs to the report."""

STATUSES = (
    "actual",
    "ongoing",
    "ordered",
    "planned",
    "promised",
    "threatened",
    "demanded",
    "predicted",
    "possible",
    "conditional",
    "denied",
)
"""How the text presents an event."""

COMMITMENT_KINDS = ("order", "promise", "plan", "threat", "demand", "prediction")
"""What kind of word was given about the future."""


def _internal(default: Any) -> Any:
    return field(default=default, repr=False, metadata={"internal": True})


# --- input ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RawComment:
    """A reader comment that came as data beside a page."""

    id: str
    text: str
    author: str | None = None
    published: str | None = None
    parent: str | None = None
    """Id of the comment that this one answers, where the container says so."""


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page as it came in: bytes or text, and what its container says about it."""

    data: bytes | str
    source: str | None = None
    """Path, address or name of the input, for people."""
    id: str | None = None
    media: str = "text"
    """`text` or `html`."""
    kind: str = "article"
    """`article` (title, body and comments are to be found) or `passage` (one bare paragraph)."""
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    encoding: str | None = None
    """Character set that the container declares, if any."""
    comments: tuple[RawComment, ...] = ()
    damage: str | None = None
    """What of the page is missing, where its container is cut off or says so; it becomes a refusal."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the caller chose, the same for every page of a run."""

    model: str | None = None
    """spaCy pipeline by name or path; None is the one that is installed with onrecord."""
    codebooks: tuple[str, ...] = ()
    """Paths of codebook files that add to, or replace, entries of the built-in one."""
    actor_files: tuple[str, ...] = ()
    """Paths of actor files (TOML or PETRARCH dictionaries) that add to the lexicon."""
    min_confidence: float = 0.0
    """Events that are less sure are turned down, with that as the reason."""


# --- one page ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that was considered and turned down."""

    span: Span
    stage: str
    reason: str


def name_reason(refusal: Refusal) -> str:
    """Return the reason of a refusal as it is counted: what the page stage quotes of the page is left off.

    >>> name_reason(Refusal((9, 9), "page", "left out, links (4 words): A walk in Brisk"))
    'left out, links'
    """
    if refusal.stage != "page":
        return refusal.reason
    return re.sub(r"(?: \(\d+ words\))?: .*", "", refusal.reason)


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """What a stage keeps, and what it turned down."""

    kept: tuple[T, ...] = ()
    refused: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that decided a finding, typed; sentences for people are made of it when it is shown."""

    rule: str
    """Name of the rule, the lexicon entry or the feature that spoke."""
    kind: str
    """What it decided, or spoke for: trigger, source, target, status, code, date, place, weight, ..."""
    span: Span | None = None
    """The words that it read; None where it weighs the finding as a whole."""
    value: float | str | None = None
    """What it gave: a code, a date, a weight in log odds."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of `page.text` whose role is known from markup or from the container."""

    kind: str
    start: int
    end: int
    author: str | None = None
    published: str | None = None
    source_id: str | None = None
    """Id that the container gave to the comment; None if the block was found."""
    parent: int | None = None
    """Index of the block that this comment answers, where the markup nests them."""
    rule: str | None = None
    """How the block was found."""


@dataclass(frozen=True, slots=True)
class Page:
    id: str
    source: str | None
    title: str | None
    published: str | None
    """ISO date; every relative time is anchored to it."""
    publisher: str | None
    language: str
    text: str
    sha256: str
    """Of the raw input."""
    url: str | None = None
    updated: str | None = None
    """ISO date of the last change that the page states."""
    dated_by: str | None = None
    """What `published` was read from; `given` if the caller or the container gave it."""
    kind: str = _internal("article")
    blocks: tuple[Block, ...] = _internal(())
    """Known structure, in text order; empty for plain text, whose parts are found."""
    refused: tuple[Refusal, ...] = _internal(())
    """What was left out, or replaced, when the page was opened."""
    failure: str | None = _internal(None)
    """Why the page counts as not read: it came out empty, or much shorter than what it shows."""


@dataclass(frozen=True, slots=True)
class Part:
    id: str
    kind: str
    start: int
    end: int
    author: str | None = None
    source_id: str | None = None
    reply_to: str | None = None
    """Id of the part that this comment answers."""
    addressed_to: str | None = None
    """Handle or name that the comment speaks to."""
    published: str | None = None
    rule: str | None = None
    """How the part, and its reply link, were found."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A parsed sentence; `offset + token.idx` is a token's place in `page.text`."""

    start: int
    end: int
    part: str
    offset: int
    """Where the spaCy Doc of this sentence begins in `page.text`."""
    tokens: Tokens


@dataclass(frozen=True, slots=True)
class Argument:
    """Who or what takes part in a clause."""

    role: str
    """subject, object, indirect, agent, complement or oblique with its preposition (`oblique:with`)."""
    token: Token
    """Head of the noun phrase or clause."""
    path: str
    """Arcs by which it was found, from the predicate: `nsubj`, `conj>nsubj`, `xcomp>dobj`, `light>nsubj`."""


@dataclass(frozen=True, slots=True)
class Governor:
    """A word above a clause."""

    token: Token
    relation: str
    """Arc that leads to it from below, with the word that introduces it: `ccomp:that`, `advcl:if`."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate with what takes part in it, and how it is told."""

    predicate: Token
    """The verb; the noun of a light verb; the adjective or noun after a copula; a noun that names an act."""
    verb: Token | None
    """The verb, the light verb or the copula; None for a noun of action that no verb carries."""
    kind: str
    """verb, participle, light (`held talks`), state (`is ready`) or noun (`the arrest of`)."""
    voice: str
    """active or passive."""
    tense: str
    """past, present or future."""
    polarity: str
    """positive or negative."""
    modality: str | None
    """future, reported (`would`), duty or possible; None for a plain assertion."""
    arguments: tuple[Argument, ...]
    governors: tuple[Governor, ...]
    """Nearest first."""


@dataclass(frozen=True, slots=True)
class Actor:
    id: str
    name: str
    type: str
    """person, organization, group or country."""
    country: str | None
    """ISO 3166-1 alpha-3."""
    sector: str | None
    """PLOVER sector."""
    role: str | None
    cameo: str | None
    """As in RUSGOV."""
    wikidata: str | None
    mentions: tuple[Span, ...]
    rule: str | None = None
    """How the actor was found: lexicon entry or pattern."""
    resolved: tuple[str, ...] = ()
    """For each mention, how it was resolved to this actor (name, title, acronym, pronoun, ...)."""
    evidence: tuple[Evidence, ...] = ()
    """What decided it, typed, in the order in which it was weighed."""


@dataclass(frozen=True, slots=True)
class Place:
    id: str
    name: str
    lat: float | None
    lon: float | None
    country: str | None
    feature: str | None
    """GeoNames feature code."""
    geonames: int | None
    precision: str
    """point, city, region, country or unknown."""
    mentions: tuple[Span, ...]
    rule: str | None = None
    evidence: tuple[Evidence, ...] = ()
    """What decided it, typed, in the order in which it was weighed."""


@dataclass(frozen=True, slots=True)
class Time:
    id: str
    value: str
    """TIMEX3."""
    start: str | None
    end: str | None
    mention: Span
    type: str = "DATE"
    """TIMEX3 type: DATE, TIME, DURATION or SET."""
    mod: str | None = None
    """TIMEX3 modifier (APPROX, START, MORE_THAN, ...)."""
    rule: str | None = None
    evidence: tuple[Evidence, ...] = ()
    """What decided it, typed, in the order in which it was weighed."""


@dataclass(frozen=True, slots=True)
class Quantity:
    id: str
    value: float | None
    low: float | None
    high: float | None
    unit: str | None
    of: str | None
    approximate: bool
    mention: Span
    modifier: str | None = None
    """about, more, less, range, or None for an exact figure."""
    rule: str | None = None
    evidence: tuple[Evidence, ...] = ()
    """What decided it, typed, in the order in which it was weighed."""


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Who speaks without being named: `two officials briefed on the talks`."""

    number: int | None
    """How many they are, if that is said."""
    sector: str | None
    """Their sector, as PLOVER has it."""


@dataclass(frozen=True, slots=True)
class Statement:
    id: str
    speaker: str | None
    speaker_mention: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    kind: str
    """direct, indirect or mixed."""
    via: str | None
    within: str | None
    part: str
    rule: str | None = None
    attitude: str = "speech"
    """speech, belief, plan, order or document: what kind of attribution it is."""
    unnamed: Unnamed | None = None
    """Set where people speak whom the page does not name."""
    evidence: tuple[Evidence, ...] = ()
    """What decided it, typed, in the order in which it was weighed."""


@dataclass(frozen=True, slots=True)
class Act:
    type: str
    mode: str | None = None


@dataclass(frozen=True, slots=True)
class Plover:
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    id: str
    act: Act
    status: str
    plover: Plover | None
    """None where the ontology has no type for that act with that status."""
    cameo: str | None
    quad: int | None
    """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    goldstein: float | None
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    place: str | None
    time: str | None
    start_date: str | None
    end_date: str | None
    statement: str | None
    quantities: tuple[str, ...]
    dead: int | None
    injured: int | None
    trigger: Span
    span: Span
    part: str
    rule: str
    confidence: float
    why: tuple[str, ...] = ()
    """The trace, a line each: what filled a role, which cue gave the status, which rule the codes."""
    dated_by: str | None = None
    """told (its own words), narrative (the paragraph's day), page (the day of publication), or None."""
    placed_by: str | None = None
    """told (its own words), near (a sentence beside), dateline, story (the one place of it), or None."""
    decided_by: str = "codebook"
    """codebook, model or user: who gave the type."""
    evidence: tuple[Evidence, ...] = ()
    """What decided it, typed, in the order in which it was weighed."""


@dataclass(frozen=True, slots=True)
class Commitment:
    id: str
    kind: str
    by: str | None
    content: Span
    condition: Span | None
    due: str | None
    event: str | None
    part: str
    rule: str | None = None
    doer: str | None = None
    """Who is to act, which need not be who says so."""
    statement: str | None = None
    """The statement that reports it."""
    evidence: tuple[Evidence, ...] = ()
    """What decided it, typed, in the order in which it was weighed."""
    mentions: tuple[Span, ...] = ()
    """Every place that tells it, the content among them, in text order."""


@dataclass(frozen=True, slots=True)
class Check:
    id: str
    kind: str
    verdict: str
    """consistent or inconsistent."""
    stated: float | str | None
    expected: float | str | None
    spans: tuple[Span, ...]
    note: str
    rule: str | None = None
    evidence: tuple[Evidence, ...] = ()
    """What decided it, typed, in the order in which it was weighed."""


@dataclass(frozen=True, slots=True)
class Stance:
    actor: str
    score: float
    """-1 against to 1 for."""
    span: Span


@dataclass(frozen=True, slots=True)
class Voice:
    """What one reader comment says, and how."""

    part: str
    abuse: float
    constructive: float
    stances: tuple[Stance, ...]
    claims: tuple[Event, ...]
    why: tuple[str, ...] = ()
    """The words and features that raised or lowered the scores."""
    evidence: tuple[Evidence, ...] = ()
    """What decided it, typed, in the order in which it was weighed."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """How the readers of a page lean toward an actor."""

    actor: str
    supported: tuple[str, ...]
    """Part ids of the comments that are for it."""
    attacked: tuple[str, ...]
    """Part ids of the comments that are against it."""
    score: float
    """Mean of their stances, -1 to 1."""


@dataclass(frozen=True, slots=True)
class Voices:
    """What the readers of a page say, taken together; it points at comments and adds nothing to them."""

    comments: int
    abusive: tuple[str, ...]
    """Part ids of the comments with an abuse of at least 0.5; each says why in its own `why`."""
    toward: tuple[Leaning, ...]
    """Who is supported or attacked, by most comments first."""
    predicted: tuple[str, ...]
    """Ids of the commitments of kind prediction that commenters make."""
    claims: tuple[str, ...]
    """Part ids of the comments that assert something as done or going on, which can be checked."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A page on its way through the stages: each one reads what stands here and adds its own."""

    settings: Settings
    page: Page
    parts: tuple[Part, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    clauses: tuple[Clause, ...] = ()
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[Time, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    """Of the whole page; those in comments become claims when the record is closed."""
    commitments: tuple[Commitment, ...] = ()
    checks: tuple[Check, ...] = ()
    comments: tuple[Voice, ...] = ()
    refused: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Coder:
    version: str
    model: str
    codebook: str


@dataclass(frozen=True, slots=True)
class Record:
    """The record of one page: what `onrecord read` prints."""

    schema: str
    coder: Coder
    page: Page
    parts: tuple[Part, ...]
    actors: tuple[Actor, ...]
    places: tuple[Place, ...]
    times: tuple[Time, ...]
    quantities: tuple[Quantity, ...]
    events: tuple[Event, ...]
    statements: tuple[Statement, ...]
    commitments: tuple[Commitment, ...]
    checks: tuple[Check, ...]
    comments: tuple[Voice, ...]
    refused: tuple[Refusal, ...]
    voices: Voices | None = None
    """None if the page has no comments."""

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain dicts, lists and scalars, keys in contract order."""
        plain: dict[str, Any] = to_plain(self)
        return plain

    def to_json(self, *, indent: int | None = None) -> str:
        """Return the record as one JSON object; the same record gives the same text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    def to_pandas(self, name: str) -> pandas.DataFrame:
        """Return one list of the record (`events`, `actors`, ..., `claims`, `stances`) as a data frame.

        The columns are those of the table of that name in a record folder.
        """
        if name not in TABLE_LISTS:
            raise ValueError(f"no list named {name!r}: expected one of {', '.join(TABLE_LISTS)}")
        import_extra("pandas")
        frame: pandas.DataFrame = VIEWS["table"](self, name).to_pandas()
        return frame

    def _repr_html_(self) -> str:
        html: str = VIEWS["html"](self)
        return html


# --- many pages ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Copy:
    """A page that repeats another one word for word, or nearly."""

    page: str
    of: str
    """The earliest page with this text."""
    publisher: str | None
    published: str | None
    likeness: float
    """Share of the shorter text that stands in the other, 0 to 1, estimated from MinHash."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who acts or is acted on, as many pages name it."""

    name: str
    cameo: str | None


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an incident took place."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    geonames: int | None
    precision: str


@dataclass(frozen=True, slots=True)
class Report:
    """One event of one page that tells an incident."""

    page: str
    event: str
    status: str
    published: str | None
    publisher: str | None
    copy_of: str | None
    """Page that this one copies: such a report is no independent source."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """An event of a page."""

    page: str
    event: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one page gives for a number."""

    page: str
    quantity: str | None
    """Id of the quantity; None if the event gives the number without one."""
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of an incident: what the sources give, not their mean."""

    of: str
    unit: str | None
    low: float | None
    best: float | None
    """The value that most independent publishers give; of equal ones the latest."""
    high: float | None
    by: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """What reports of one incident do not agree on."""

    kind: str
    """number, date, place, actor, status or denial."""
    reports: tuple[Pointer, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Join:
    """Why a report was joined to an incident; without it the report stands alone again."""

    page: str
    event: str
    to: Pointer
    """The report of the incident that it is most like."""
    score: float
    """How alike it is to the reports that were there, on the mean."""
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayCount:
    date: str
    reports: int


@dataclass(frozen=True, slots=True)
class Incident:
    """What happened, once, with all reports of it."""

    id: str
    """Made from the first report, so that later ones do not change it."""
    act: Act
    plover: Plover | None
    cameo: str | None
    sources: tuple[Party, ...]
    targets: tuple[Party, ...]
    place: Spot | None
    start_date: str | None
    end_date: str | None
    status: str
    reports: tuple[Report, ...]
    """In order of publication: the first report first."""
    independent: int
    """Publishers that did not copy one another."""
    values: tuple[Figure, ...]
    conflicts: tuple[Conflict, ...]
    why: tuple[Join, ...]
    spread: tuple[DayCount, ...]
    """Reports on each day of publication, days in order."""
    headline: str | None = None
    """What happened in one line, as a person would head it."""
    about: str | None = None
    """Id of the incident that this one is a reaction to."""


COMMITMENT_STATES = ("open", "kept", "partly", "broken", "overdue", "disputed")
"""What became of a commitment."""


@dataclass(frozen=True, slots=True)
class Step:
    """A later report that bears on a commitment."""

    page: str
    event: str
    says: str
    """kept or broken."""
    in_part: bool
    """Whether it is kept, or broken, only in part so far."""
    denied: bool
    """Whether the page tells that somebody denies it, not that it was undone."""
    note: str
    """Why the event was taken to be about the commitment."""
    published: str | None


@dataclass(frozen=True, slots=True)
class FollowedCommitment:
    """A commitment, and what became of it."""

    id: str
    page: str
    commitment: str
    kind: str
    by: Party | None
    text: str
    due: str | None
    state: str
    evidence: tuple[Step, ...]
    published: str | None
    as_of: str | None
    """The day that `overdue` was decided for."""


RECORD_LISTS = tuple(f.name for f in fields(Record) if f.name not in ("schema", "coder", "page", "voices"))
"""The lists of a record, in printed order."""
TABLE_LISTS = (*RECORD_LISTS, "claims", "stances")
"""The lists that are a table of a record folder as well."""


SCALARS = frozenset({str, int, float, bool, type(None)})


@cache
def printed_fields(kind: Any) -> tuple[str, ...]:
    """Names of the fields of a record class that are printed."""
    return tuple(f.name for f in fields(kind) if not f.metadata.get("internal"))


def to_plain(value: Any) -> Any:
    """Return a record as dicts, lists and scalars, internal fields left out."""
    kind = value.__class__
    if kind in SCALARS or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, (tuple, list)):
        return [item if item.__class__ in SCALARS else to_plain(item) for item in value]
    plain = {}
    for name in printed_fields(kind):
        item = getattr(value, name)
        # Nine fields in ten are scalars: a call for each would double the time.
        plain[name] = item if item.__class__ in SCALARS else to_plain(item)
    return plain


def record_from_dict(plain: dict[str, Any]) -> Record:
    """Return the record that `to_dict` printed; keys that this version does not know are left alone.

    Raises FolderError for what is no record, or one of another schema.
    """
    if plain.get("schema") != SCHEMA:
        raise FolderError(f"expected a record of schema {SCHEMA!r}, found {plain.get('schema')!r}")
    try:
        record: Record = record_maker(Record)(plain)
    except (KeyError, TypeError) as error:
        raise FolderError(f"a stored record cannot be read: {type(error).__name__}: {error}") from error
    return record


@cache
def record_maker(hint: Any) -> Callable[[Any], Any]:
    """Return the function that gives a value of a field's type back from its plain form."""
    if is_dataclass(hint):
        return _class_maker(hint)
    options = [option for option in get_args(hint) if option not in (type(None), Ellipsis)]
    if getattr(hint, "__origin__", None) is tuple:
        inner = record_maker(options[0])
        return tuple if inner is _keep else lambda plain: tuple(map(inner, plain))
    makers = [maker for maker in map(record_maker, options) if maker is not _keep]
    if not makers:
        return _keep
    (make,) = makers
    return lambda plain: None if plain is None else make(plain)


def _class_maker(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    makers = [(name, record_maker(hints[name]), _default(hints[name])) for name in printed_fields(kind)]
    return lambda plain: kind(
        **{name: make(plain[name]) if name in plain else default for name, make, default in makers}
    )


def _default(hint: Any) -> Any:
    """Return what stands for a field that an older version did not print."""
    return () if getattr(hint, "__origin__", None) is tuple else None


def _keep(plain: Any) -> Any:
    return plain
