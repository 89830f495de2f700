"""Formats of other tools: `export_folder` writes a record folder in one of them."""

from onrecord.exports.formats.export_folder import FORMATS, Format, export_folder
from onrecord.exports.formats.rows import Order

__all__ = ["FORMATS", "Format", "Order", "export_folder"]
