from __future__ import annotations

import click


@click.command()
def schema() -> None:
    """Print the JSON Schema of the record.

    Example: onrecord schema > record.schema.json
    """
    import json

    from onrecord.exports.schema import record_schema

    click.echo(json.dumps(record_schema(), indent=2))
