import type { Hash } from "../merkle/hash.ts";
import { parseCheckpoint } from "../notes/checkpoint.ts";
import { parseNote } from "../notes/signed-note.ts";
import { type AskingOptions, type Witness, addCheckpoint } from "./add-checkpoint.ts";
import type { WitnessAnswer } from "./witness-answer.ts";

/** A checkpoint on its way to a witness. */
export interface Witnessing {
  /** A checkpoint that the log has signed. */
  readonly note: string;
  /** The size that the witness is thought to have seen last; 0 where nobody knows. */
  readonly lastSize: number;
  /** The consistency proof from an earlier size to the checkpoint's. */
  readonly prove: (oldSize: number) => readonly Hash[];
}

/**
 * Has a checkpoint cosigned, wherever the witness stands: where it saw another size last than was thought, it is asked once more, with a
 * proof from there. A witness that has seen more than the checkpoint holds is left alone and reported: a log never becomes smaller, so either
 * it was put back to an older state or somebody else signs in its name. Never rejects, but for what `prove` throws.
 */
export async function witnessCheckpoint(
  witness: Witness,
  { note, lastSize, prove }: Witnessing,
  options: AskingOptions = {},
): Promise<WitnessAnswer> {
  const { size } = parseCheckpoint(parseNote(note).text);
  const submit = (oldSize: number): Promise<WitnessAnswer> =>
    addCheckpoint(witness, { oldSize, proof: prove(oldSize), note }, options);
  const answer = await submit(lastSize <= size ? lastSize : 0);
  if (answer.kind !== "conflict") return answer;
  return answer.size <= size ? submit(answer.size) : ahead(answer, size);
}

type Conflict = Extract<WitnessAnswer, { readonly kind: "conflict" }>;

function ahead(conflict: Conflict, size: number): WitnessAnswer {
  return {
    ...conflict,
    message: `${conflict.message}, which is more than the ${size} of this checkpoint`,
    fix: "Find out whether the log was restored from an old copy, or who else signs in its name.",
  };
}
