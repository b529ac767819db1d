"""How a lane is sealed: docs/spec/audit-log.md, and the formats that it names."""

import base64
import hashlib
from pathlib import Path
from typing import NamedTuple

from ed25519 import signed_by
from journal import entries


class Unproven(Exception):
    pass


class Checkpoint(NamedTuple):
    origin: str
    size: int
    root: bytes


def opened(note: str, vkey: str) -> Checkpoint:
    """A signed note: the text, an empty line, signatures. Only that of the key in hand counts."""
    name, number, encoded = vkey.split("+", 2)
    key = base64.b64decode(encoded)
    if hashlib.sha256(name.encode() + b"\n" + key).hexdigest()[:8] != number or key[0] != 1:
        raise Unproven("that is no Ed25519 vkey")
    text, signatures = note.rsplit("\n\n", 1)
    for line in signatures.splitlines():
        _, signer, signature = line.split(" ")
        raw = base64.b64decode(signature)
        if signer == name and raw[:4].hex() == number:
            if signed_by(key[1:], (text + "\n").encode(), raw[4:]):
                origin, size, root = text.split("\n")[:3]
                return Checkpoint(origin, int(size), base64.b64decode(root))
    raise Unproven("the key has not signed this")


def leaf(line: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + line).digest()


def parent(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: list[bytes]) -> bytes:
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256().digest()
    left = 1 << (len(leaves) - 1).bit_length() - 1
    return parent(root(leaves[:left]), root(leaves[left:]))


def sealed(lane: Path) -> Checkpoint | None:
    """The checkpoint, if it is that of the entries as they lie there: the log vouches for itself. None: there is none, or entries have gone."""
    if not (lane / "seal/checkpoint").exists() or (lane / "removed.json").exists():
        return None
    note = (lane / "seal/checkpoint").read_text()
    checkpoint = opened(note, (lane / "seal/log.vkey").read_text().strip())
    leaves = [leaf(entry.line) for entry in entries(lane)][: checkpoint.size]
    if root(leaves) != checkpoint.root:
        raise Unproven("the entries are not those that were sealed")
    return checkpoint


def proven(proof: str, vkey: str) -> bytes:
    """The entry of a tlog-proof, once it is in the log that the key has signed."""
    head, note = proof.split("\n\n", 1)
    form, extra, index, *path = head.split("\n")
    entry, checkpoint = base64.b64decode(extra.removeprefix("extra ")), opened(note, vkey)
    if form != "c2sp.org/tlog-proof@v1":
        raise Unproven("that is no proof")
    hashes = [base64.b64decode(line) for line in path]
    if climbed(entry, int(index.removeprefix("index ")), checkpoint.size, hashes) != checkpoint.root:
        raise Unproven("the proof does not lead to what was signed")
    return entry


def climbed(entry: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """RFC 9162, 2.1.3.2: the root that a path leads to, or None where it is not one of that place."""
    node, last, found = index, size - 1, leaf(entry)
    for sibling in path:
        if last == 0:
            return None
        if node & 1 or node == last:
            found = parent(sibling, found)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            found = parent(found, sibling)
        node, last = node >> 1, last >> 1
    return found if last == 0 and index < size else None
