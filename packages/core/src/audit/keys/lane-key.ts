import { AuditError } from "../audit-error.ts";
import type { FileSystem } from "../../journal/disk/file-system.ts";
import {
  type Signer,
  type SigningKey,
  formatSigningKey,
  noteSigner,
  parseSigningKey,
} from "../notes/signer.ts";
import { sameKey } from "../notes/verifier-key.ts";
import { readEpochs } from "./epoch.ts";
import { type KeyElsewhere, signerElsewhere } from "./key-elsewhere.ts";
import type { DurableFiles } from "../sealer/durable-files.ts";
import { keyFile, nextKeyFile, readIfThere } from "../sealer/seal-layout.ts";

/** In whose name, and with which key, the lanes of a journal are sealed. */
export interface KeyOptions {
  /** Unique to this journal, as a web address without its scheme is: `example.com/agents`. A lane's log is this and its number. Default: one that is made up. */
  readonly name?: string;
  /** Default: a key that is made on first use and lies beside its log. */
  readonly key?: KeyElsewhere;
}

/** What is made up on first use. */
export interface NewKey {
  readonly name: string;
  /** 32 bytes. */
  readonly seed: Uint8Array;
}

export interface LaneKey {
  readonly signer: Signer;
  /** Where the private key lies; null: elsewhere. */
  readonly file: string | null;
  /** It was made now. */
  readonly isNew: boolean;
}

export interface LaneKeyPlace {
  readonly lane: string;
  readonly seal: string;
  /** Something was signed for the lane before. */
  readonly wasSealed: boolean;
  readonly files: FileSystem;
  readonly durable: DurableFiles;
  /** Asked where a key has to be made. */
  readonly newKey: () => NewKey;
  /** How long a key that lies elsewhere is waited for. */
  readonly patienceMs: number;
}

/**
 * The key of a lane's log. One that is there is never replaced; rejects with an `AuditError` where it is missing though the log is signed, cannot be
 * read as a key, or has another name than was asked for.
 */
export async function laneKey(options: KeyOptions, place: LaneKeyPlace): Promise<LaneKey> {
  const { lane, seal, files, patienceMs } = place;
  const { name, key } = options;
  if (key) {
    const origin = nameOf(mustHaveName(name), lane);
    return { signer: signerElsewhere(origin, key, patienceMs), file: null, isNew: false };
  }
  const file = keyFile(seal);
  await endRotation(place);
  const found = readSigningKey(file, files);
  const { name: origin, seed } = found ?? (await make(options, place));
  mustBeCalled(origin, name, lane);
  return { signer: noteSigner({ name: origin, seed }), file, isNew: found === null };
}

/** A rotation that was cut short behind its record is a rotation: the key that the record names takes the place of the former one. */
export async function endRotation({ seal, files, durable }: LaneKeyPlace): Promise<void> {
  const waiting = nextKeyFile(seal);
  const last = readIfThere(waiting, files) ? readEpochs(seal, files).at(-1) : null;
  const next = last && readSigningKey(waiting, files);
  if (!last || !next || !sameKey(noteSigner(next).key, last.next)) return;
  await durable.replace(keyFile(seal), lineOf(next));
  await durable.settle();
  files.remove(waiting);
}

/** The key that is to follow, as far as it lies here. One that is there was left by a rotation that was cut short before its record: nobody knows it. */
export async function nextLaneKey(name: string, place: LaneKeyPlace): Promise<Signer> {
  const { seal, durable, newKey } = place;
  const key = { name, seed: newKey().seed };
  await durable.replace(nextKeyFile(seal), lineOf(key));
  return noteSigner(key);
}

const nameOf = (name: string, lane: string): string => `${name}/${lane}`;
const lineOf = (key: SigningKey): string => `${formatSigningKey(key)}\n`;

async function make({ name }: KeyOptions, place: LaneKeyPlace): Promise<SigningKey> {
  const { lane, seal, wasSealed, durable, newKey } = place;
  if (wasSealed)
    throw new AuditError("KEY_MISSING", `the log of lane ${lane} is signed, but its key is gone`, {
      fix: `Restore ${keyFile(seal)} from its backup, or give the key if it lies elsewhere: another one would be another log's.`,
    });
  const made = newKey();
  const key = { name: nameOf(name ?? made.name, lane), seed: made.seed };
  await durable.make(keyFile(seal), lineOf(key));
  return key;
}

/** Null: there is no such file. */
function readSigningKey(path: string, files: FileSystem): SigningKey | null {
  const text = readIfThere(path, files)?.toString() ?? null;
  if (text === null) return null;
  try {
    return parseSigningKey(text.replace(/\n$/, ""));
  } catch (cause) {
    if (!AuditError.is(cause)) throw cause;
    const { code, message, fix } = cause;
    throw new AuditError(code, `${path}: ${message}`, { fix, cause });
  }
}

function mustHaveName(name: string | undefined): string {
  if (name !== undefined) return name;
  throw new AuditError("KEY_MALFORMED", "a key that lies elsewhere was given without a name", {
    fix: "Give the name under which it signs, `example.com/agents` for instance.",
  });
}

function mustBeCalled(found: string, name: string | undefined, lane: string): void {
  if (name === undefined || found === nameOf(name, lane)) return;
  throw new AuditError(
    "KEY_FOREIGN",
    `the log of lane ${lane} is called ${found}, and not ${nameOf(name, lane)}`,
    { fix: "Leave the name as it was: a log cannot be called something else." },
  );
}
