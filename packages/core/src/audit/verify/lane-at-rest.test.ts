import { appendFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hashedName } from "../../journal/disk/layout.ts";
import type { AgentEvent } from "../../vocabulary/event.ts";
import * as evidence from "./evidence.fixture.ts";
import { Findings } from "./findings.ts";
import { verifyLaneAtRest } from "./lane-at-rest.ts";
import { OpenTurns } from "./open-turns.ts";
import { noTrust } from "./trust.ts";
import type { LaneAlone } from "./verify-lane.ts";

/** Somebody does something to the lane while its first turn is looked at. */
class Meddling extends OpenTurns {
  #meddle: (() => void) | null;

  constructor(meddle: () => void) {
    super();
    this.#meddle = meddle;
  }

  override see(event: AgentEvent, lane: string): void {
    this.#meddle?.();
    this.#meddle = null;
    super.see(event, lane);
  }
}

function verifyWhile(dir: string, meddle: () => void): LaneAlone & { readonly codes: unknown } {
  const findings = new Findings();
  const turns = new Meddling(meddle);
  const lane = verifyLaneAtRest({ dir, number: 0, trust: noTrust, findings, turns });
  return { ...lane, codes: findings.findings.map(({ code }) => code) };
}

test("what the bound removes while a lane is read is no damage", async () => {
  const dir = await evidence.sealedJournal();
  await evidence.recordIn(dir, evidence.conversation(2, 2), { segmentBytes: 6_000 });
  const entries = evidence.textOf(dir, evidence.secondSegment).split("\n").length - 1;
  const lane = verifyWhile(dir, () => {
    const account = { entries, bytes: 1, undelivered: 0, removing: 2 };
    writeFileSync(join(dir, "lanes/0/removed.json"), JSON.stringify(account));
    rmSync(join(dir, "lanes/0/segments/0002"), { recursive: true });
  });
  expect(lane).toMatchObject({ codes: [], removed: entries, signed: 27 });
});

test("nor is what is erased meanwhile", async () => {
  const dir = await evidence.sealedJournal();
  const said = { session: "thread 0", source: "api", on: null, mark: "ticket 7" } as const;
  await evidence.recordIn(dir, [
    { ...said, type: "record.reduced", what: "content", why: "erasure" },
  ]);
  const name = hashedName("anna@example.com");
  const files = evidence.filesIn(dir).filter((file) => file.includes(name));
  expect(files.length).toBeGreaterThan(1);
  const lane = verifyWhile(dir, () => {
    for (const file of files) rmSync(join(dir, file));
  });
  expect(lane.codes).toEqual([]);
  expect(lane.values.erased).toBeGreaterThan(5);
});

test("what is written while a lane is read is not torn, and what is torn is", async () => {
  const dir = await evidence.sealedJournal();
  const [line = ""] = evidence.textOf(dir, evidence.firstSegment).split("\n");
  const append = (text: string): void => appendFileSync(join(dir, evidence.firstSegment), text);
  expect(verifyWhile(dir, () => append(`${line}\n`)).tornBytes).toBe(0);
  append("to");
  expect(verifyWhile(dir, () => append("rn")).tornBytes).toBe(2);
});
