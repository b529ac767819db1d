import type { FileSystem } from "../../journal/disk/file-system.ts";
import type { KeyOptions, NewKey } from "../keys/lane-key.ts";
import type { AuditError } from "../audit-error.ts";
import type { TreeHead } from "../merkle/tree-head.ts";
import type { VerifierKey } from "../notes/verifier-key.ts";
import type { Witness } from "../witness/add-checkpoint.ts";

export interface SealOptions extends KeyOptions {
  /** The journal's folder. */
  readonly dir: string;
  /** Who is asked to say that they have seen the log only grow, and when; each of them every time. Default: nobody. */
  readonly witnesses?: readonly Witness[];
  /** How long a key that lies elsewhere is waited for. Default: 10 s. */
  readonly patienceMs?: number;
  readonly clock?: () => number;
  /** How witnesses are asked. */
  readonly fetch?: typeof fetch;
  /** Asked again and again while much is sealed, so that others in this process have their turn; ends the sealing where it rejects. */
  readonly betweenSlices?: () => Promise<unknown>;
  /** For tests. */
  readonly newKey?: () => NewKey;
  /** For tests. */
  readonly files?: FileSystem;
}

/** A lane whose whole lines, as far as there were any when it was looked at, are in a tree that its log has signed. */
export interface SealedLane extends TreeHead {
  readonly kind: "sealed";
  readonly lane: string;
  /** How many of the entries were not sealed before. */
  readonly added: number;
  /** Who signed: a log's name is its key's. */
  readonly key: VerifierKey;
  /** Why a witness has not cosigned this checkpoint: it rests on the log's signature and those of the others alone. */
  readonly unwitnessed: readonly AuditError[];
  /** Where the private key lies; null: elsewhere. */
  readonly keyFile: string | null;
  /** The key was made now: the moment to say what it is worth. */
  readonly isNewKey: boolean;
}

/** `busy`: somebody else seals the lane at this moment. `empty`: no entry was written to it yet. */
export type SealOutcome = SealedLane | { readonly kind: "busy" | "empty"; readonly lane: string };
