import { nodeFileSystem } from "../../journal/disk/file-system.ts";
import { parseJson } from "../../journal/disk/parse-json.ts";
import { isRecord } from "../../vocabulary/json.ts";
import type { Checkpoint } from "../notes/checkpoint.ts";
import type { OpenedCheckpoint } from "../notes/open-checkpoint.ts";
import { formatVerifierKey, parseVerifierKey, type VerifierKey } from "../notes/verifier-key.ts";
import {
  checkpointFile,
  lastSealedFile,
  readIfThere,
  verifierKeyFile,
} from "../sealer/seal-layout.ts";
import { believedKeys } from "./believed-keys.ts";
import type { Findings } from "./findings.ts";
import { count } from "./in-words.ts";
import { isSame, type KeyChain, openByChain, readKeyChain, sizeInEpochs } from "./key-chain.ts";
import type { LanePlace } from "./lane-place.ts";
import { refusalOf, type Trust } from "./trust.ts";
import { unbelievedCheckpoint } from "./unbelieved-checkpoint.ts";
import type { Evidence, LaneVerification } from "./verification.ts";

/** What a lane's seal says of itself, and how far it may be believed. */
export interface OwnCheckpoint {
  /** What the log calls itself, believed or not. Null: there is no seal, or none that says it. */
  readonly origin: string | null;
  /** What it says, believed or not, so that it can be compared with the entries all the same. */
  readonly said: Checkpoint | null;
  /** There is no checkpoint at all. */
  readonly isMissing: boolean;
  /** Something was signed, by the sealer's note or a record of an epoch, or because somebody was given the log's key. */
  readonly wasSigned: boolean;
  /** Null: it is not there, or must not be believed. */
  readonly opened: OpenedCheckpoint | null;
  /** Whom to believe about this log: those whom the given keys of its name have signed for, else its own. */
  readonly believed: KeyChain;
  /** Of the key that has signed. */
  readonly keyFrom: LaneVerification["keyFrom"];
}

export function readOwnCheckpoint(
  place: LanePlace,
  trust: Trust,
  findings: Findings,
): OwnCheckpoint {
  const { lane, seal, nameOf } = place;
  // Before the checkpoint, which a sealer writes first.
  const sealed = Math.max(lastSealedSize(seal), sizeInEpochs(place));
  const note = readIfThere(checkpointFile(seal), nodeFileSystem);
  const at = { lane, file: nameOf(checkpointFile(seal)) };
  const said = note && unbelievedCheckpoint(note);
  if (said && said.size < sealed)
    findings.find(
      "CHECKPOINT_BEHIND",
      at,
      `covers ${count(said.size, "entry")}, and ${sealed.toLocaleString("en")} were sealed: an older checkpoint was put back`,
    );
  const shown = shownKey(place, note !== null, findings);
  const origin = said?.origin ?? shown?.name ?? null;
  const given = trust.keys.filter(({ name }) => name === origin);
  const chain = readKeyChain(place, shown, findings);
  const believed = believedKeys(given, shown, chain, place, findings);
  const opened =
    note && believed.keys.length > 0 ? open(note, believed, trust, at, findings) : null;
  const keyFrom = opened && keySource(opened, given);
  const wasSigned = sealed > 0 || given.length > 0;
  return { origin, isMissing: note === null, wasSigned, said, opened, believed, keyFrom };
}

/** The sealer's own note, which may go at any time. */
function lastSealedSize(seal: string): number {
  const note = parseJson(readIfThere(lastSealedFile(seal), nodeFileSystem)?.toString() ?? "");
  const size = isRecord(note) ? note["size"] : null;
  return typeof size === "number" ? size : 0;
}

function open(
  note: Uint8Array,
  believed: KeyChain,
  { witnesses }: Trust,
  at: Partial<Evidence>,
  findings: Findings,
): OpenedCheckpoint | null {
  try {
    return openByChain(note, believed, witnesses);
  } catch (error) {
    findings.find("CHECKPOINT_INVALID", at, refusalOf(error));
    return null;
  }
}

function keySource(
  { signedBy }: OpenedCheckpoint,
  given: readonly VerifierKey[],
): LaneVerification["keyFrom"] {
  if (given.length === 0) return "log";
  return signedBy.some((key) => given.some((other) => isSame(key, other))) ? "given" : "followed";
}

/** The public key that lies beside the log. It says whom the log claims to be, and no more. */
function shownKey(
  { lane, seal, nameOf }: LanePlace,
  isSealed: boolean,
  findings: Findings,
): VerifierKey | null {
  const file = verifierKeyFile(seal);
  const at = { lane, file: nameOf(file) };
  const text = readIfThere(file, nodeFileSystem)?.toString("latin1") ?? null;
  if (text === null) {
    if (isSealed) findings.find("KEY_UNREADABLE", at, "the log's public key is missing");
    return null;
  }
  try {
    const key = parseVerifierKey(text.replace(/\n$/, ""));
    if (`${formatVerifierKey(key)}\n` === text) return key;
    findings.find("KEY_UNREADABLE", at, "expected the log's public key on one line");
  } catch (error) {
    findings.find("KEY_UNREADABLE", at, refusalOf(error));
  }
  return null;
}
