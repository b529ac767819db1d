import type { JournalSeal } from "../audit/audit.ts";
import type { PriceSettings } from "../cost/prices/price-settings.ts";
import type { Exporter } from "../pipeline/exporter.ts";
import type { Route } from "../pipeline/route.ts";
import type { Redactor } from "../redaction/redactor.ts";
import type { RetentionSettings } from "../retention/retention-settings.ts";
import type { Carrier } from "../vocabulary/carrier.ts";
import type { TracePer } from "../vocabulary/identity.ts";

/** What the owner of an application says of every session that begins in it. */
export interface Labels {
  readonly feature?: string;
  readonly tags?: readonly string[];
  readonly environment?: string;
  readonly release?: string;
  readonly agentVersion?: string;
}

export interface JournalConfig {
  /** Else `SPOOR_DIR`, else `.spoor` in the working directory. */
  readonly dir?: string;
  /** When an event counts as written: at the next idle moment, once the operating system has it (survives a crash of this process), or once the disk has it. Default: `process`. */
  readonly acknowledge?: "memory" | "process" | "disk";
  /** What this process's lane may grow to; the oldest goes first. Null: no bound, and so it is where `retention` says what goes. Default: 2 GiB. */
  readonly maxBytes?: number | null;
  /** How long it is kept: first content goes, then entries, and a line a session stays. Absent: only `maxBytes` says what goes. */
  readonly retention?: RetentionSettings;
  /** How it is sealed: what `audit()` of `@spoor/core/audit` says, with the rest of a journal that is an audit log. Absent: it is not, but by `spoor seal`. */
  readonly seal?: JournalSeal;
}

export interface Config {
  /** Where the record is kept. `memory`: bounded, and gone with the process. */
  readonly journal?: "memory" | JournalConfig;
  readonly labels?: Labels;
  /** Runs before anything is written; throwing withholds the value. `off`: what is said is written as it is. Default: `redactor()`. */
  readonly redact?: Redactor | "off";
  /** Of a longer value its head and tail are kept. Default: 1 MiB. */
  readonly maxContentBytes?: number;
  readonly exporters?: readonly (Exporter | Route)[];
  /** How long after its end a span waits for better knowledge before it leaves. Default: 2 s. */
  readonly settleMs?: number;
  /** Work of which nothing was heard for so long leaves as abandoned. Default: 24 h. */
  readonly abandonAfterMs?: number;
  /** What may wait in memory for one exporter; beyond that it waits on the disk alone. Default: 16 MiB. */
  readonly maxWaitingBytes?: number;
  /** Delivers what has ended when the process is told to stop, or has nothing left to do. Default: true. */
  readonly flushOnExit?: boolean;
  /** What model calls are priced with, where somebody asks what they cost. */
  readonly prices?: PriceSettings;
  /** `session`: all turns of a session are one trace, and sampling is per session. A turn that joins a trace from outside does so all the same. Default: `turn`. */
  readonly tracePer?: TracePer;
  /** The span that is active where a turn starts, whose trace the turn joins; asked once a turn, synchronously. Default: that of the application's own OpenTelemetry. */
  readonly activeSpan?: () => Carrier | null;
  /** For tests: milliseconds since the epoch. */
  readonly clock?: () => number;
  /** For tests: a name for a span that the caller gave none. */
  readonly newKey?: () => string;
}

/** The same object, with its type checked where it is written. */
export const defineConfig = (config: Config): Config => config;
