"""The workbench: a local web app that reads a record folder and shows it; it computes nothing itself."""

from onrecord.web.app import create_app

__all__ = ["create_app"]
