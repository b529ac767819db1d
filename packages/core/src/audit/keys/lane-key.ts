import { Buffer } from "node:buffer";
import { AuditError } from "../merkle/audit-error.ts";
import type { FileSystem } from "../../journal/disk/file-system.ts";
import {
  type Signer,
  type SigningKey,
  formatSigningKey,
  noteSigner,
  parseSigningKey,
} from "../notes/signer.ts";
import { sameKey, verifierKey } from "../notes/verifier-key.ts";
import { readEpochs } from "./epoch.ts";
import type { DurableFiles } from "../sealer/durable-files.ts";
import { checkpointFile, keyFile, nextKeyFile, readIfThere } from "../sealer/seal-layout.ts";

/** An Ed25519 key that lies elsewhere: in a key service, a token, another process. */
export interface KeyElsewhere {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** The signature over just these bytes, 64 of them. Rejects where it cannot sign: nothing is sealed then, and the next sealing tries again. */
  readonly sign: (text: Uint8Array) => Uint8Array | Promise<Uint8Array>;
}

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
  readonly files: FileSystem;
  readonly durable: DurableFiles;
  /** Asked where a key has to be made. */
  readonly newKey: () => NewKey;
}

/**
 * The key of a lane's log. One that is there is never replaced; rejects with an `AuditError` where it is missing though the log is signed, cannot be
 * read as a key, or has another name than was asked for.
 */
export async function laneKey(options: KeyOptions, place: LaneKeyPlace): Promise<LaneKey> {
  if (options.key) return elsewhere(options.key, options.name, place.lane);
  const file = keyFile(place.seal);
  await endRotation(place);
  const text = readIfThere(file, place.files)?.toString() ?? null;
  const signer = noteSigner(
    text === null ? await make(options, place) : parseSigningKey(lineOf(text)),
  );
  mustBeCalled(signer.key.name, options.name, place.lane);
  return { signer, file, isNew: text === null };
}

/** A rotation that was cut short behind its record is a rotation: the key that the record names takes the place of the former one. */
export async function endRotation({ seal, files, durable }: LaneKeyPlace): Promise<void> {
  const waiting = readIfThere(nextKeyFile(seal), files)?.toString() ?? null;
  const last = waiting === null ? null : (readEpochs(seal, files).at(-1) ?? null);
  if (waiting === null || !last) return;
  const { key } = noteSigner(parseSigningKey(lineOf(waiting)));
  if (!sameKey(key, last.next)) return;
  await durable.replace(keyFile(seal), waiting);
  await durable.settle();
  files.remove(nextKeyFile(seal));
}

/** The key that is to follow, as far as it lies here; one that a rotation has left that was cut short before its record is taken up again. */
export async function nextLaneKey(name: string, place: LaneKeyPlace): Promise<Signer> {
  const { seal, files, durable, newKey } = place;
  const waiting = readIfThere(nextKeyFile(seal), files)?.toString() ?? null;
  if (waiting !== null) return noteSigner(parseSigningKey(lineOf(waiting)));
  const key = { name, seed: newKey().seed };
  await durable.make(nextKeyFile(seal), `${formatSigningKey(key)}\n`);
  return noteSigner(key);
}

const nameOf = (name: string, lane: string): string => `${name}/${lane}`;

function elsewhere(key: KeyElsewhere, name: string | undefined, lane: string): LaneKey {
  if (name === undefined)
    throw new AuditError("KEY_MALFORMED", "a key that lies elsewhere was given without a name", {
      fix: "Give the name under which it signs, `example.com/agents` for instance.",
    });
  const signer: Signer = {
    key: verifierKey(nameOf(name, lane), "ed25519", key.publicKey),
    sign: (text) => key.sign(text),
  };
  return { signer, file: null, isNew: false };
}

async function make({ name }: KeyOptions, place: LaneKeyPlace): Promise<SigningKey> {
  const { lane, seal, files, durable, newKey } = place;
  if (readIfThere(checkpointFile(seal), files))
    throw new AuditError(
      "KEY_MALFORMED",
      `the log of lane ${lane} is signed, but its key is gone`,
      {
        fix: `Restore ${keyFile(seal)} from its backup: another key would be another log.`,
      },
    );
  const made = newKey();
  const key = { name: nameOf(name ?? made.name, lane), seed: made.seed };
  await durable.make(keyFile(seal), Buffer.from(`${formatSigningKey(key)}\n`));
  return key;
}

function lineOf(text: string): string {
  return text.endsWith("\n") ? text.slice(0, -1) : text;
}

function mustBeCalled(found: string, name: string | undefined, lane: string): void {
  if (name === undefined || found === nameOf(name, lane)) return;
  throw new AuditError(
    "KEY_MALFORMED",
    `the log of lane ${lane} is called ${found}, and not ${nameOf(name, lane)}`,
    { fix: "Leave the name as it was: a log cannot be called something else." },
  );
}
