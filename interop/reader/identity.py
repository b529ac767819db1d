"""What ids are made of: docs/spec/event-format.md, section 5."""

import hashlib
import json


def identity(digits: int, *parts: str | None) -> str:
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    found = hashlib.sha256(text.encode(errors="backslashreplace")).hexdigest()[:digits]
    return found[:-1] + "1" if set(found) == {"0"} else found


def misnamed(event: dict) -> bool:
    """Whether an id is not what the event amounts to."""
    session, key = event["session"], event.get("key", event.get("on"))
    event_id = identity(32, session, key, event["type"], event["source"], event.get("mark"))
    span_id = None if key is None else identity(16, session, key)
    return (event["id"], event["spanId"]) != (event_id, span_id)
