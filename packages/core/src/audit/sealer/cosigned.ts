import { Buffer } from "node:buffer";
import { AuditError } from "../merkle/audit-error.ts";
import { consistencyProof } from "../merkle/consistency.ts";
import { openCheckpoint } from "../notes/open-checkpoint.ts";
import { addSignatures } from "../notes/sign-note.ts";
import { formatNote, parseNote } from "../notes/signed-note.ts";
import type { VerifierKey } from "../notes/verifier-key.ts";
import type { TileReader } from "../tiles/tile-reader.ts";
import { tiledNodes } from "../tiles/tiled-nodes.ts";
import type { Witness } from "../witness/add-checkpoint.ts";
import { witnessCheckpoint } from "../witness/witness-checkpoint.ts";

export interface CosigningOptions {
  readonly log: VerifierKey;
  readonly witnesses: readonly Witness[];
  /** The size that they have probably seen last. */
  readonly lastSize: number;
  readonly tiles: TileReader;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly fetch?: typeof fetch;
}

export interface Cosigned {
  readonly note: Buffer;
  /** Who has not cosigned it, and why. */
  readonly unwitnessed: readonly AuditError[];
}

/** A cosignature says when: one that is younger says nothing new. */
const freshForMs = 30_000;
const patienceMs = 5_000;

/**
 * The checkpoint with the cosignatures of all witnesses that give one now; those that have given one just now are not asked. Rejects only
 * where the checkpoint or the tiles are not what they should be.
 */
export async function cosigned(
  note: Buffer,
  { log, witnesses, lastSize, tiles, now, fetch }: CosigningOptions,
): Promise<Cosigned> {
  const policy = { log: [log], witnesses: witnesses.map(({ key }) => key), quorum: 0 };
  const { checkpoint, cosigned: given } = openCheckpoint(note, policy);
  const nodes = tiledNodes(checkpoint.size, tiles);
  const prove = (oldSize: number): ReturnType<typeof consistencyProof> =>
    consistencyProof(oldSize, checkpoint.size, nodes);
  const due = witnesses.filter(
    ({ key }) => !given.some((one) => one.key === key && now - (one.at ?? 0) < freshForMs),
  );
  const answers = await Promise.all(
    due.map((witness) =>
      witnessCheckpoint(
        witness,
        { note: note.toString(), lastSize, prove },
        { signal: AbortSignal.timeout(patienceMs), ...(fetch ? { fetch } : {}) },
      ),
    ),
  );
  const signatures = answers.flatMap((answer) =>
    answer.kind === "cosigned" ? [answer.cosignature] : [],
  );
  const unwitnessed = answers.flatMap((answer) =>
    answer.kind === "cosigned"
      ? []
      : [new AuditError("QUORUM_MISSED", answer.message, { fix: answer.fix })],
  );
  const cosignedNote = formatNote(addSignatures(parseNote(note), signatures));
  return { note: signatures.length > 0 ? Buffer.from(cosignedNote) : note, unwitnessed };
}
