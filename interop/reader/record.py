"""What the events of a journal amount to: docs/spec/event-format.md, by section."""

from collections.abc import Callable, Iterable
from pathlib import Path

from journal import Entry, contents, entries, lanes


class Record:
    def __init__(self, folder: Path) -> None:
        read = [entry for lane in lanes(folder) for entry in entries(lane)]
        told = sorted((entry for entry in read if entry.event), key=recording)
        self.unreadable = len(read) - len(told)
        self.entries: dict[str, Entry] = {}
        self.values = {ref: value for lane in lanes(folder) for ref, value in contents(lane)}
        self.sessions: dict[str, list[Entry]] = {}
        self.contexts: dict[str, list | None] = {}
        for entry in told:
            event = entry.event
            if self.entries.setdefault(event["id"], entry) is not entry:
                continue
            self.sessions.setdefault(event["session"], []).append(entry)
            if "context" in event:
                self.contexts[event["id"]] = self.rebuilt(event["context"])

    def spans(self, session: str, family: str) -> dict[str, list[Entry]]:
        """The openings of each span of a family, first recorded first; the spans in the order of section 6."""
        one = same_span(entry.event for entry in self.sessions[session])
        found: dict[str, list[Entry]] = {}
        for entry in self.sessions[session]:
            if entry.event["type"] == family + ".started":
                found.setdefault(one(entry.event["key"]), []).append(entry)
        openings = sorted(found.values(), key=lambda told: min(map(happening, told)))
        return {told[0].event["spanId"]: told for told in openings}

    def turns(self, session: str) -> list[str]:
        """The first activations: what resumes goes on with a turn, where that was found (section 10)."""
        return [
            span
            for span, told in self.spans(session, "turn").items()
            if all(entry.event.get("turnSpanId") is None for entry in told)
        ]

    def calls(self, session: str) -> dict[str, list | None]:
        """What each model call was sent. None: nobody told, or it is not known any more."""
        return {
            span: next((self.messages(entry) for entry in told if "context" in entry.event), None)
            for span, told in self.spans(session, "model").items()
        }

    def messages(self, entry: Entry) -> list | None:
        references = self.contexts[entry.event["id"]]
        return references and [self.content(entry, held) for held in references]

    def rebuilt(self, context: dict) -> list | None:
        """The references of section 8. None: not known, because something that it builds on is gone."""
        before = [] if context["from"] is None else self.contexts.get(context["from"])
        added = context["add"]
        if isinstance(added, str):
            added = self.values[added].value if added in self.values else None
        if before is None or added is None:
            return None
        keep, cut = context["keep"], context["cut"]
        whole = before[:keep] + before[keep + cut :] + added
        return whole if len(whole) == context["count"] else None

    def content(self, entry: Entry, held: dict | str) -> object:
        """Section 7: no answer that could be taken for another."""
        if isinstance(held, dict):
            return f"[withheld: {held['withheld']}]"
        value = self.values.get(held)
        return value.value if value else f"[{self.why_gone(entry)}]"

    def why_gone(self, gone: Entry) -> str:
        for entry in self.sessions[gone.event["session"]]:
            said = entry.event
            behind = entry.lane == gone.lane and said["sequence"] > gone.event["sequence"]
            if behind and said["type"] == "record.reduced" and said["what"] == "content":
                if said.get("segment", gone.segment) == gone.segment:
                    return "erased" if said["why"] == "erasure" else "removed"
        return "missing"


def same_span(events: Iterable[dict]) -> Callable[[str], str]:
    """One name for all the keys that amendments call one span."""
    names: dict[str, str] = {}

    def one(key: str) -> str:
        while key in names:
            key = names[key]
        return key

    for event in events:
        if event["type"] == "span.amended" and "alias" in event:
            left, right = one(event["on"]), one(event["alias"])
            if left != right:
                names[left] = right
    return one


def recording(entry: Entry) -> tuple:
    return entry.event["recordedAt"], entry.event["sequence"], entry.event["id"]


def happening(entry: Entry) -> tuple:
    """What has no time stands where it was recorded."""
    at = entry.event.get("at", {"ms": entry.event["recordedAt"]})
    return at["ms"], entry.lane, entry.event["sequence"]
