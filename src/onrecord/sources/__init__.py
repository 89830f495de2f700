"""Raw pages out of files, folders and streams: the only module that opens inputs."""

from onrecord.sources.open_sources import check_day, open_sources, page_from_dict

__all__ = ["check_day", "open_sources", "page_from_dict"]
