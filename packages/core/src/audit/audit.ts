import type { Journal } from "../journal/journal.ts";
import type { KeyOptions } from "./keys/lane-key.ts";
import { AuditError } from "./audit-error.ts";
import { isKeyName } from "./notes/key-name.ts";
import { mustBeWitnesses } from "./notes/open-checkpoint.ts";
import { quoted } from "./notes/quoted.ts";
import { OtherLanes } from "./sealer/other-lanes.ts";
import { type LaneSealing, sealJournal, tryToSeal } from "./sealer/seal-journal.ts";
import { LaneSealer, type SealOptions } from "./sealer/seal-lane.ts";
import { SealedJournal } from "./sealer/sealed-journal.ts";
import { Sealer } from "./sealer/sealer.ts";
import { Slices } from "./sealer/slices.ts";
import type { Witness } from "./witness/add-checkpoint.ts";

export interface AuditOptions extends KeyOptions {
  /** As `journal.dir` of a config. */
  readonly dir?: string;
  /** Who is asked to say that they have seen the log only grow, and when: at every seal, and every minute. Default: nobody. */
  readonly witnesses?: readonly Witness[];
  /** How long after it was recorded something is sealed. Default: 1 s. */
  readonly everyMs?: number;
}

type SaidOptions = Omit<AuditOptions, "dir" | "everyMs">;

/** How a journal is sealed. */
export interface JournalSeal {
  /** The same journal, with a seal that grows with it. */
  readonly attach: (journal: Journal, dir: string) => SealedJournal;
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

/**
 * The journal as an audit log: on the disk once it is flushed, nothing removed by a bound, and sealed while it grows, at the end, and for what a dead
 * process has left. A seal that fails never reaches the agent: `health().journal.failure` tells it, and it is tried again. Throws an
 * `AuditError` for a name, a key or witnesses that cannot be used.
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
  const slices = new Slices();
  const sealing = { ...options, betweenSlices: slices.next };
  const own = new LaneSealer(journal.lane, sealing);
  const others = new OtherLanes(journal.lane, sealing);
  return new Sealer({
    sealOwn: async () => {
      await journal.flush();
      return tryToSeal(own);
    },
    sealOthers: () => others.seal(),
    slices,
    end: () => `${journal.end.segment}:${journal.end.offset}`,
    again: (look) => {
      const timer = setInterval(look, everyMs).unref();
      return () => clearInterval(timer);
    },
    everyMs,
    heartbeatMs: options.witnesses?.length ? heartbeatMs : null,
    clock: Date.now,
  });
}

function mustBeUsable({ name, key, witnesses = [] }: SaidOptions, everyMs: number): void {
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
  for (const { url } of witnesses)
    if (!/^https?:$/.test(URL.parse(url)?.protocol ?? ""))
      throw new AuditError("POLICY_INVALID", `${quoted(url)} is no address of a witness`, {
        fix: "Give its submission prefix, `https://witness.example/` for instance.",
      });
  mustBeWitnesses(witnesses.map((witness) => witness.key));
}

function unusable(message: string): AuditError {
  return new AuditError("KEY_MALFORMED", message, {
    fix: "Give a name such as `example.com/agents`, and an Ed25519 key as its 32 bytes.",
  });
}
