"""`reader.py DIR` lists what a journal holds, `reader.py PROOF VKEY` shows the entry that a proof is of."""

import json
import sys
from pathlib import Path

from identity import misnamed
from journal import lanes
from record import Record
from seal import Unproven, proven, sealed


def listed(folder: Path) -> dict:
    record = Record(folder)
    return {
        "sessions": {
            session: {"turns": record.turns(session), "calls": record.calls(session)}
            for session in record.sessions
        },
        "unreadable": record.unreadable,
        "misnamed": [id for id, entry in record.entries.items() if misnamed(entry.event)],
        "changed": [reference for reference, value in record.values.items() if not value.vouched],
        "sealed": {lane.name: checkpoint.size for lane in lanes(folder) if (checkpoint := sealed(lane))},
    }


try:
    match sys.argv[1:]:
        case [folder]:
            print(json.dumps(listed(Path(folder)), indent=2))
        case [proof, vkey]:
            print(proven(Path(proof).read_text(), vkey).decode())
        case _:
            sys.exit(__doc__)
except Unproven as fault:
    sys.exit(str(fault))
