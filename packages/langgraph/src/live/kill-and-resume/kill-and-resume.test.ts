import {
  type AgentEvent,
  contentReader,
  createRunTree,
  journalReader,
  renderTree,
  type SessionReport,
  sessionReport,
} from "@spoor/core";
import { parseEventLine } from "@spoor/core/schema";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { goldenFile } from "../golden.ts";
import { countedIds } from "../plain.ts";
import { startApplication } from "./process.fixture.ts";
import { type SaverName, whyNoSqlite } from "./saver.fixture.ts";

describe.each<SaverName>(["file", "sqlite"])("an application that saves to %s", (saver) => {
  const whyNot = saver === "sqlite" ? whyNoSqlite : null;
  const note = whyNot === null ? "" : ` (not run: ${whyNot})`;

  test.skipIf(whyNot !== null)(
    `and is killed at an interrupt goes on elsewhere: one turn, two activations, one trace${note}`,
    async () => {
      const { start, report, traces } = scratch(saver);
      const first = start("asks");
      await first.says("suspended");
      await first.kill();
      const second = start("answers");
      expect(await second.lastWords()).toBe('["thought of","yes","after"]');
      const { session, turns } = report();
      expect(new Set(traces())).toEqual(new Set([turns[0]?.traceId]));
      expect(session).toMatchObject({ id: "killed", turns: 1, status: "ok", modelCalls: 1 });
      expect(turns).toMatchObject([{ activations: 2, status: "ok", continuation: null }]);
      expect(stepsOf(turns)).toEqual(["think ok", "ask suspended", "ask ok", "after ok"]);
      await expectReviewed("killed-at-an-interrupt", report());
    },
  );

  test.skipIf(whyNot !== null)(
    `and is killed in the middle of a node goes on elsewhere, and what was done is not told twice${note}`,
    async () => {
      const { start, report } = scratch(saver);
      const first = start("works");
      await first.says("in the middle");
      await first.kill();
      expect(stepsOf(report().turns)).toEqual(["think ok", "ask open"]);
      const second = start("goes on");
      expect(await second.lastWords()).toBe('["thought of","worked through","after"]');
      const { session, turns } = report();
      expect(session).toMatchObject({ id: "killed", status: "ok", modelCalls: 1 });
      expect(stepsOf(turns)).toEqual(["think ok", "ask open", "ask ok", "after ok"]);
      // Nobody saw it stop to wait: LangGraph goes on from a checkpoint, of which its callbacks do not say whose it is.
      expect(turns.map(({ continuation }) => continuation)).toEqual([null, "unknown"]);
      await expectReviewed("killed-in-a-node", report());
    },
  );
});

/** A journal and checkpoints of one application, which is started several times. */
function scratch(saver: SaverName) {
  const folder = mkdtempSync(join(tmpdir(), "spoor-live-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const journal = join(folder, "journal");
  return {
    start: (doing: string) => startApplication(folder, doing, saver),
    report: () => reportOf(journal),
    /** The trace of every span that was opened. */
    traces: () => eventsIn(journal).flatMap((event) => ("traceId" in event ? [event.traceId] : [])),
  };
}

function eventsIn(journal: string): readonly AgentEvent[] {
  return Array.from(journalReader(journal).entries(), ({ line }) => {
    const parsed = parseEventLine(line);
    if (!parsed.ok) throw new Error(`cannot read ${line}`);
    return parsed.event;
  });
}

function reportOf(journal: string): SessionReport {
  const tree = createRunTree();
  const content = contentReader(journalReader(journal));
  for (const event of eventsIn(journal)) {
    tree.apply(event);
    content.apply(event);
  }
  const view = tree.session("killed");
  if (!view) throw new Error(`the journal knows ${tree.sessions().join(", ") || "no session"}`);
  return sessionReport(view, content);
}

const stepsOf = (turns: SessionReport["turns"]): readonly string[] =>
  turns
    .flatMap(({ spans }) => spans)
    .filter(({ kind }) => kind === "step")
    .map(({ name, status }) => `${name} ${status}`);

async function expectReviewed(name: string, report: SessionReport): Promise<void> {
  const lines = renderTree(countedIds(report), { times: false, width: 160 });
  const tree = lines.join("\n").concat("\n");
  await expect(tree).toMatchFileSnapshot(goldenFile(name, tree));
}
