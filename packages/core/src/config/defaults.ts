import type { Config, JournalConfig } from "./config.ts";

interface RouteDefaults {
  readonly sample: number;
  readonly keepErrors: boolean;
}

/** What holds where a config is silent. The redactor is not among them: it is made, not a constant. */
export interface Defaults extends Required<
  Pick<
    Config,
    | "maxContentBytes"
    | "exporters"
    | "settleMs"
    | "abandonAfterMs"
    | "maxWaitingBytes"
    | "flushOnExit"
    | "tracePer"
  >
> {
  readonly journal: Required<Omit<JournalConfig, "retention" | "seal">>;
  readonly route: RouteDefaults;
}

const mebibyte = 1024 ** 2;
const hour = 3_600_000;

/** Each in one place. The doc comments of `Config` and `docs/spec/config.md` say the same; a test holds them to it. */
export const defaults: Defaults = {
  journal: { dir: ".spoor", acknowledge: "process", maxBytes: 2048 * mebibyte },
  maxContentBytes: mebibyte,
  exporters: [],
  settleMs: 2_000,
  abandonAfterMs: 24 * hour,
  maxWaitingBytes: 16 * mebibyte,
  flushOnExit: true,
  tracePer: "turn",
  route: { sample: 1, keepErrors: false },
};

/** What a lane may grow to: where `retention` says what goes, nothing else goes unless `maxBytes` is said as well. */
export function boundOf({ maxBytes, retention }: JournalConfig): number | null {
  if (maxBytes !== undefined) return maxBytes;
  return retention === undefined ? defaults.journal.maxBytes : null;
}
