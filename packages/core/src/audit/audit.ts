import type { Journal } from "../journal/journal.ts";
import type { KeyOptions } from "./keys/lane-key.ts";
import { AuditError } from "./merkle/audit-error.ts";
import { isKeyName } from "./notes/key-name.ts";
import { type LaneSealing, sealJournal, tryToSeal } from "./sealer/seal-journal.ts";
import { LaneSealer, type SealOptions } from "./sealer/seal-lane.ts";
import { SealedJournal } from "./sealer/sealed-journal.ts";
import { Sealer } from "./sealer/sealer.ts";
import type { Witness } from "./witness/add-checkpoint.ts";

export interface AuditOptions extends KeyOptions {
  /** As `journal.dir` of a config. */
  readonly dir?: string;
  /** Who is asked to say that they have seen the log only grow, and when: at every seal, and every minute. Default: nobody. */
  readonly witnesses?: readonly Witness[];
  /** How long after it was recorded something is sealed. Default: 1 s. */
  readonly everyMs?: number;
}

/** How a journal is sealed. */
export interface JournalSeal {
  /** The same journal, with a seal that grows with it. */
  readonly attach: (journal: Journal, dir: string) => Journal;
  /** Seals every lane of a folder once. Never rejects. */
  readonly sealAll: (dir: string) => Promise<readonly LaneSealing[]>;
}

/** A value for `journal` of a config. */
export interface AuditJournal {
  readonly dir?: string;
  readonly acknowledge: "disk";
  readonly maxBytes: null;
  readonly seal: JournalSeal;
}

const heartbeatMs = 60_000;
const closingPatienceMs = 5_000;

/**
 * The journal as an audit log: on the disk once it is flushed, nothing removed by a bound, and sealed while it grows, at the end, and for what a dead
 * process has left. A seal that fails never reaches the agent: `health().journal.failure` tells it, and it is tried again. Throws an
 * `AuditError` for a name or a key that cannot be used.
 */
export function audit({ dir, everyMs = 1_000, ...said }: AuditOptions = {}): AuditJournal {
  mustBeUsable(said, everyMs);
  return {
    ...(dir === undefined ? {} : { dir }),
    acknowledge: "disk",
    maxBytes: null,
    seal: {
      attach: (journal, folder) =>
        new SealedJournal(journal, sealerOf(journal, { ...said, dir: folder }, everyMs)),
      sealAll: (folder) => sealJournal({ ...said, dir: folder }),
    },
  };
}

function sealerOf(journal: Journal, options: SealOptions, everyMs: number): Sealer {
  const own = new LaneSealer(journal.lane, options);
  return new Sealer({
    sealAll: () => sealJournal(options),
    sealOwn: () => tryToSeal(own),
    end: () => `${journal.end.segment}:${journal.end.offset}`,
    again: (look) => {
      const timer = setInterval(look, everyMs).unref();
      return () => clearInterval(timer);
    },
    heartbeatMs: options.witnesses?.length ? heartbeatMs : null,
    clock: Date.now,
    patienceMs: closingPatienceMs,
  });
}

function mustBeUsable({ name, key }: KeyOptions, everyMs: number): void {
  if (!(everyMs >= 1 && everyMs < 2 ** 31))
    throw new RangeError(
      `expected \`everyMs\` as milliseconds that a timer can wait, received ${everyMs}`,
    );
  if (name !== undefined && !isKeyName(name))
    throw unusable("a name of a log has no spaces and no plus, and is not empty");
  if (key && name === undefined)
    throw unusable("a key that lies elsewhere was given without the name under which it signs");
  if (key && key.publicKey.length !== 32)
    throw unusable(`expected a public key of 32 bytes, received ${key.publicKey.length}`);
}

function unusable(message: string): AuditError {
  return new AuditError("KEY_MALFORMED", message, {
    fix: "Give a name such as `example.com/agents`, and an Ed25519 key as its 32 bytes.",
  });
}
