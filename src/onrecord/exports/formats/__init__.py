"""Formats of other tools: `export_folder` writes a record folder in one of them."""

from onrecord.exports.formats.export_folder import FORMATS, Format, export_folder

__all__ = ["FORMATS", "Format", "export_folder"]
