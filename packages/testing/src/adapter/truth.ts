import { addUsage, type SessionView, type Usage, unknownUsage } from "@spoor/core";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What really was used, from a source that the adapter does not read: a mock's own log, a provider's bill. */
export interface Truth {
  /** The usage that a line of `<name>.truth.ndjson` tells of; one line a call. */
  readonly usageIn: (line: string) => Usage;
  /** Recordings in which nobody can count everything: they have to say so, and their sums are not compared. */
  readonly uncountable?: readonly string[];
}

type Bucket = "input" | "cacheRead" | "cacheWrite" | "output";
export type Buckets = Readonly<Record<Bucket, number | null>>;

const bucketsOf = ({ input, cacheRead, cacheWrite, output }: Usage): Buckets => ({
  input,
  cacheRead,
  cacheWrite,
  output,
});

/** Null where nobody wrote the truth down. */
export function truthOf(folder: string, name: string, { usageIn }: Truth): Buckets | null {
  const file = join(folder, `${name}.truth.ndjson`);
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "");
  return bucketsOf(lines.map(usageIn).reduce(addUsage, unknownUsage));
}

/** Attributed and unattributed: what the calls used that were seen, and what the framework's own counters show beyond them. */
export function toldOf(views: readonly SessionView[]): Buckets {
  const usages = views.flatMap(({ spans }) =>
    spans.flatMap(({ usage, unattributed }) =>
      [usage, unattributed].filter((known) => known !== null),
    ),
  );
  return bucketsOf(usages.reduce(addUsage, unknownUsage));
}
