"""The files people start from: the skeleton of a tender, the published schemas."""

from __future__ import annotations

import json
from pathlib import Path

from procure.api.writing import write_whole
from procure.domain.report import Report
from procure.exchange.schema import DIALECT, tender_schema
from procure.exchange.skeleton import skeleton

SCHEMAS = ("tender", "report")
__all__ = ["SCHEMAS", "schema_json", "skeleton", "write_text"]


def schema_json(name: str) -> str:
    """The JSON Schema of a tender file or of a report."""
    schema = tender_schema() if name == "tender" else report_schema()
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def report_schema() -> dict[str, object]:
    """The JSON Schema of a report: the contract with other programs."""
    return {"$schema": DIALECT, **Report.model_json_schema(mode="serialization")}


def write_text(path: Path, text: str, force: bool) -> Path:
    """Write a text file whole or not at all; nothing already there is replaced without `force`."""
    return write_whole(path, text.encode(), force)
