"""How a journal lies on disk: docs/spec/journal-layout.md."""

import hashlib
import hmac
import json
from pathlib import Path
from typing import Iterator, NamedTuple


class Entry(NamedTuple):
    lane: int
    segment: int
    line: bytes
    event: dict | None  # None: a line that is no event of this format


class Value(NamedTuple):
    value: object
    vouched: bool  # its reference is the keyed hash of its bytes


def lanes(folder: Path) -> list[Path]:
    return sorted(folder.glob("lanes/[0-9]*"), key=lambda lane: int(lane.name))


def entries(lane: Path) -> Iterator[Entry]:
    for segment in segments(lane):
        for line in whole_lines(segment / "entries.ndjson"):
            yield Entry(int(lane.name), int(segment.name), line, parsed(line))


def contents(lane: Path) -> Iterator[tuple[str, Value]]:
    """Every value behind its reference."""
    for file in (file for segment in segments(lane) for file in segment.glob("content/*.ndjson")):
        key = lane / "keys" / file.stem
        secret = key.read_bytes() if key.exists() else b""
        for line in whole_lines(file):
            reference, start = line[8:72].decode(), len('{"ref":"') + 64 + len('","value":')
            text = line[start:].decode()
            value, end = json.JSONDecoder().raw_decode(text)
            inner = hashlib.sha256(text[:end].encode()).digest()
            vouched = hmac.new(secret, inner, "sha256").hexdigest() == reference
            yield reference, Value(value, vouched)


def segments(lane: Path) -> list[Path]:
    return sorted(lane.glob("segments/[0-9]*"), key=lambda segment: int(segment.name))


def whole_lines(file: Path) -> list[bytes]:
    return file.read_bytes().split(b"\n")[:-1] if file.exists() else []


def parsed(line: bytes) -> dict | None:
    try:
        event = json.loads(line)
        return event if event["v"] in (0, 1) else None
    except (ValueError, KeyError, TypeError):
        return None
