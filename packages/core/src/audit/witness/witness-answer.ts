import { Buffer } from "node:buffer";
import { AuditError } from "../audit-error.ts";
import { parseDecimal } from "../notes/decimal.ts";
import { openNote } from "../notes/open-note.ts";
import { quoted } from "../notes/quoted.ts";
import { type NoteSignature, parseNote, parseSignature } from "../notes/signed-note.ts";
import type { VerifierKey } from "../notes/verifier-key.ts";
import type { Submission } from "./submission.ts";

/** What a witness answered over HTTP, with the beginning of what it said. */
export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string | null;
  readonly body: Uint8Array;
}

/** Why there is no cosignature, and what a person can do. */
interface Refusal {
  readonly message: string;
  readonly fix: string;
}

/**
 * What became of a submission. `conflict`: the witness saw another size last, so a proof from there is what it needs. `refused`: it will not
 * cosign this, however often it is asked. `unwitnessed`: nobody knows what it thinks; nothing is lost by asking again, later.
 */
export type WitnessAnswer =
  | { readonly kind: "cosigned"; readonly cosignature: NoteSignature; readonly at: number }
  | ({ readonly kind: "conflict"; readonly size: number } & Refusal)
  | ({ readonly kind: "refused"; readonly why: RefusalReason } & Refusal)
  | ({ readonly kind: "unwitnessed" } & Refusal);

export type RefusalReason = "unknown log" | "unknown key" | "malformed" | "inconsistent";

interface KnownRefusal extends Refusal {
  readonly why: RefusalReason;
}

const refusals: Readonly<Record<number, KnownRefusal | undefined>> = {
  400: {
    why: "malformed",
    message: "does not understand the submission, or its new size is smaller than its old one",
    fix: "Submit a checkpoint that is no smaller than the one that the witness saw last.",
  },
  403: {
    why: "unknown key",
    message: "does not know the key that signed the checkpoint",
    fix: "Ask its operator to add the log's present key.",
  },
  404: {
    why: "unknown log",
    message: "does not know the log",
    fix: "Ask its operator to add the log's origin and key, and check the address.",
  },
  422: {
    why: "inconsistent",
    message: "does not find that the checkpoint follows from what it saw last",
    fix: "Verify the log; if it is whole, somebody has shown the witness another history: keep both.",
  },
};

/** Believes a cosignature only where it is one: of this witness, over this checkpoint, with a time. */
export function readWitnessAnswer(
  answer: HttpAnswer,
  { note }: Submission,
  witness: VerifierKey,
): WitnessAnswer {
  const refusal = refusals[answer.status];
  if (refusal)
    return { kind: "refused", ...refusal, message: `witness ${witness.name} ${refusal.message}` };
  if (answer.status === 200) return readCosignature(answer, note, witness);
  if (answer.status === 409) return readConflict(answer, witness);
  const said = answer.body.length > 0 ? ` ${quoted(textOf(answer))}` : "";
  return unwitnessed(witness, `answered ${answer.status}${said}`);
}

/** For what is no answer at all, too. */
export function unwitnessed(witness: VerifierKey, what: string): WitnessAnswer {
  return {
    kind: "unwitnessed",
    message: `witness ${witness.name} ${what}`,
    fix: "Submit the checkpoint again later; until then it rests on the log's signature alone.",
  };
}

function readCosignature(answer: HttpAnswer, note: string, witness: VerifierKey): WitnessAnswer {
  try {
    const lines = textOf(answer).split("\n");
    if (lines.pop() !== "") return unwitnessed(witness, "sent an answer that was cut");
    const signatures = lines.map(parseSignature);
    const { text } = parseNote(note);
    const [verified] = openNote({ text, signatures }, [witness]).verified;
    const cosignature = signatures.find(
      ({ name, keyId }) => name === witness.name && keyId === witness.id,
    );
    if (!verified?.at || !cosignature)
      return unwitnessed(witness, "sent a signature without a time");
    return { kind: "cosigned", cosignature, at: verified.at };
  } catch (error) {
    if (!AuditError.is(error)) throw error;
    return unwitnessed(witness, `sent no cosignature: ${error.message}`);
  }
}

function readConflict(answer: HttpAnswer, witness: VerifierKey): WitnessAnswer {
  const [, digits] = /^(.+)\n$/.exec(textOf(answer)) ?? [];
  const size = digits === undefined ? null : parseDecimal(digits);
  const isSize = answer.contentType?.split(";")[0]?.trim().toLowerCase() === "text/x.tlog.size";
  if (!isSize || typeof size !== "number")
    return unwitnessed(witness, `answered 409 without a size, ${quoted(textOf(answer))}`);
  return {
    kind: "conflict",
    size,
    message: `witness ${witness.name} saw the log last at size ${size}`,
    fix: `Submit the checkpoint with a consistency proof from ${size}.`,
  };
}

function textOf({ body }: HttpAnswer): string {
  return Buffer.from(body).toString();
}
