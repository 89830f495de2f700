"""onrecord puts the news on the record: one page in, what it reports and who says so out.

The public names are loaded when they are first used, so that `import onrecord` stays quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from onrecord._version import __version__
from onrecord.extras import VIEWS

if TYPE_CHECKING:
    from onrecord.api import read, read_many, read_text
    from onrecord.errors import FolderError, InputError, LexiconError, ModelError, OnrecordError
    from onrecord.records import Record, Settings
    from onrecord.store import Folder, open_folder

_HOMES = {
    "Folder": "store",
    "FolderError": "errors",
    "InputError": "errors",
    "LexiconError": "errors",
    "ModelError": "errors",
    "OnrecordError": "errors",
    "Record": "records",
    "Settings": "records",
    "open_folder": "store",
    "read": "api",
    "read_many": "api",
    "read_text": "api",
}

__all__ = [
    "Folder",
    "FolderError",
    "InputError",
    "LexiconError",
    "ModelError",
    "OnrecordError",
    "Record",
    "Settings",
    "__version__",
    "open_folder",
    "read",
    "read_many",
    "read_text",
]


def _view_html(record: Any) -> Any:
    return import_module("onrecord.exports.html").render_html(record)


def _tabulate(record: Any, name: str) -> Any:
    return import_module("onrecord.store.tabulate").tabulate_record(record, name)


# A record shows itself in a notebook and as a data frame; what draws it stands above the records.
VIEWS.update(html=_view_html, table=_tabulate)


def __dir__() -> list[str]:
    return sorted(__all__)


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"onrecord.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
