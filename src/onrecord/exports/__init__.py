"""Readings and files made from records: one file for each format."""
