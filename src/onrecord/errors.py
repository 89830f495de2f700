"""Every error that onrecord raises on purpose.

OnrecordError
├── InputError      a source cannot be read: missing, not text, too large, a bad date
├── LexiconError    a data file breaks its schema: file, entry and key are named
├── ModelError      the language model is missing or lacks a component
├── FolderError     a record folder is missing or was written by another schema
├── ExportError     a format does not exist, or cannot hold what it was asked to write
├── ReviewError     a decision says too little, or is about something that is not there
├── PackageError    pandas or polars was asked for and is not installed
└── EngineError     the workers of a cluster are missing, or code by other rules than this process

Hard pages do not raise: they give a record with refusals.
"""

from __future__ import annotations


class OnrecordError(Exception):
    """The root: catch it to catch everything that onrecord raises on purpose."""


class InputError(OnrecordError):
    """A source cannot be read; the message says what was expected and what to do."""


class LexiconError(OnrecordError):
    """A data file breaks its schema; the message names file, entry and key."""


class ModelError(OnrecordError):
    """The language model is missing or lacks a component that the stages need."""


class FolderError(OnrecordError):
    """A record folder is missing, or was written by another schema."""


class ExportError(OnrecordError):
    """A format cannot hold what it was asked to write; the message names one that can."""


class ReviewError(OnrecordError):
    """A decision of a reviewer cannot be kept, or is about something that the folder does not hold."""


class PackageError(OnrecordError):
    """An optional package is not installed; the message says how to install it."""


class EngineError(OnrecordError):
    """Workers cannot be reached, or would code otherwise than the process that asks them."""
