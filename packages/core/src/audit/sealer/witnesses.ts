import { Buffer } from "node:buffer";
import { AuditError } from "../audit-error.ts";
import { consistencyProof } from "../merkle/consistency.ts";
import { type OpenedCheckpoint, openCheckpoint } from "../notes/open-checkpoint.ts";
import { addSignatures } from "../notes/sign-note.ts";
import { type NoteSignature, formatNote, parseNote } from "../notes/signed-note.ts";
import type { VerifierKey } from "../notes/verifier-key.ts";
import type { TileReader } from "../tiles/tile-reader.ts";
import { tiledNodes } from "../tiles/tiled-nodes.ts";
import type { Witness } from "../witness/add-checkpoint.ts";
import { type Witnessing, witnessCheckpoint } from "../witness/witness-checkpoint.ts";

export interface WitnessesOptions {
  readonly witnesses?: readonly Witness[];
  /** Milliseconds since the epoch. */
  readonly clock?: () => number;
  readonly fetch?: typeof fetch;
}

export interface Cosigned {
  readonly note: Buffer;
  /** Who has not cosigned it, and why. */
  readonly unwitnessed: readonly AuditError[];
}

interface Refusal {
  readonly at: number;
  readonly error: AuditError;
}

/** A cosignature says when: one that is younger says nothing new. Who has given none is left alone for as long. */
const restMs = 30_000;
const patienceMs = 5_000;

/** Those who are asked to cosign the checkpoints of a lane, each as often as makes sense. */
export class Witnesses {
  readonly #witnesses: readonly Witness[];
  readonly #clock: () => number;
  readonly #fetch: typeof fetch | undefined;
  readonly #refusals: Map<Witness, Refusal> = new Map();

  constructor({ witnesses = [], clock = Date.now, fetch }: WitnessesOptions) {
    this.#witnesses = witnesses;
    this.#clock = clock;
    this.#fetch = fetch;
  }

  get isEmpty(): boolean {
    return this.#witnesses.length === 0;
  }

  /**
   * The checkpoint of a log with the cosignatures of all who give one now; who has given one just now, or has just not, is not asked. `lastSize`:
   * what they have probably seen last. Rejects only where the checkpoint or the tiles are not what they should be.
   */
  async cosign(
    note: Buffer,
    log: VerifierKey,
    lastSize: number,
    tiles: TileReader,
  ): Promise<Cosigned> {
    const witnesses = this.#witnesses.map(({ key }) => key);
    const opened = openCheckpoint(note, { log: [log], witnesses, quorum: 0 });
    const { size } = opened.checkpoint;
    const nodes = tiledNodes(size, tiles);
    const prove = (oldSize: number): ReturnType<typeof consistencyProof> =>
      consistencyProof(oldSize, size, nodes);
    const witnessing = { note: note.toString(), lastSize, prove };
    const due = this.#witnesses.filter((witness) => this.#isDue(witness, opened));
    const answers = await Promise.all(due.map((witness) => this.#ask(witness, witnessing)));
    const given = answers.flatMap((cosignature) => cosignature ?? []);
    const added = formatNote(addSignatures(parseNote(note), given));
    return {
      note: given.length > 0 ? Buffer.from(added) : note,
      unwitnessed: Array.from(this.#refusals.values(), ({ error }) => error),
    };
  }

  /** Clocks may be apart, or be set: what is far ahead is no younger than what is far behind. */
  #isDue(witness: Witness, { cosigned }: OpenedCheckpoint): boolean {
    const last = cosigned.find(({ key }) => key === witness.key)?.at ?? -Infinity;
    const refused = this.#refusals.get(witness)?.at ?? -Infinity;
    return [last, refused].every((at) => Math.abs(this.#clock() - at) >= restMs);
  }

  async #ask(witness: Witness, witnessing: Witnessing): Promise<NoteSignature | null> {
    const signal = AbortSignal.timeout(patienceMs);
    const asking = { signal, ...(this.#fetch ? { fetch: this.#fetch } : {}) };
    const answer = await witnessCheckpoint(witness, witnessing, asking);
    this.#refusals.delete(witness);
    if (answer.kind === "cosigned") return answer.cosignature;
    const error = new AuditError("UNWITNESSED", answer.message, { fix: answer.fix });
    this.#refusals.set(witness, { at: this.#clock(), error });
    return null;
  }
}
