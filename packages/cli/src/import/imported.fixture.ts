import { expect } from "vitest";
import type { Io } from "../io.ts";
import { recordedEvents } from "../record/recorded-events.ts";
import { runIn } from "../spoor.fixture.ts";
import { journalReader } from "@spoor/core";
import { join } from "node:path";
import type { ImportReport } from "./import-report.ts";

/** Imports without a word of warning, and says what was reported. */
export async function importIn(
  cwd: string,
  args: readonly string[],
  world: Partial<Io> = {},
): Promise<ImportReport> {
  const { stdout, stderr, code } = await runIn(
    cwd,
    ["import", "claude-code", ...args, "--json"],
    world,
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout);
}

/** What a journal says, whenever and in whatever order it was recorded. */
export function recordedIn(cwd: string): readonly string[] {
  const events = [...recordedEvents(journalReader(join(cwd, ".spoor")), null)];
  return events
    .map(({ sequence: _sequence, recordedAt: _recordedAt, ...said }) =>
      JSON.stringify(withoutRefs(said)),
    )
    .toSorted();
}

/** References differ between journals: each has keys of its own. */
function withoutRefs(said: object): unknown {
  return JSON.parse(JSON.stringify(said).replace(/"[0-9a-f]{64}"/g, '"ref"'));
}
