"""Raw pages out of files, folders and streams: the only module that opens inputs."""

from onrecord.sources.open_sources import open_sources

__all__ = ["open_sources"]
