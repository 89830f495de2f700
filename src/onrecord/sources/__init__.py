"""Raw pages out of files, folders, streams and addresses: the only module that opens inputs."""

from onrecord.sources.fetch_policy import FetchPolicy
from onrecord.sources.limits import LIMITS, Limits
from onrecord.sources.name_inputs import name_inputs
from onrecord.sources.open_sources import open_pages, open_sources
from onrecord.sources.page_from_dict import check_day, check_days, mend_text, page_from_dict

__all__ = [
    "LIMITS",
    "FetchPolicy",
    "Limits",
    "check_day",
    "check_days",
    "mend_text",
    "name_inputs",
    "open_pages",
    "open_sources",
    "page_from_dict",
]
