import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createObserver, createRunTree, type EventExporter, type Observer } from "@spoor/core";
import type { Span } from "@spoor/core";
import { expect, test } from "vitest";
import { approve, askForTransfer } from "./approval.ts";
import { askTeam } from "./team.ts";
import { askAboutWeather } from "./weather.ts";

const unheard = (): void => {};

test("the weather agent asks for two cities at once, and one of them fails where it failed", async () => {
  const { spans } = await recorded((observer) => askAboutWeather(observer, unheard));
  const tools = spans.filter(({ kind }) => kind === "tool");
  expect(tools.map(({ name, status }) => [name, status])).toEqual([
    ["get_temperature", "ok"],
    ["get_temperature", "error"],
  ]);
  expect(tools.map(({ causedBy }) => kindOf(spans, causedBy))).toEqual(["model", "model"]);
  expect(spans.filter(({ errorType }) => errorType !== null)).toHaveLength(1);
});

test("a turn that waits for a person goes on in another process: two activations, one trace", async () => {
  const folder = mkdtempSync(join(tmpdir(), "spoor-approval-"));
  try {
    const place = { thread: "t", checkpoints: join(folder, "checkpoints") };
    const dir = join(folder, ".spoor");
    const first = await recorded((observer) => askForTransfer(observer, place, unheard), dir);
    const second = await recorded((observer) => approve(observer, place, unheard), dir);
    const turns = [...first.spans, ...second.spans].filter(({ kind }) => kind === "turn");
    expect(turns.map(({ status }) => status)).toEqual(["suspended", "ok"]);
    expect(new Set(turns.map(({ traceId }) => traceId)).size).toBe(1);
    expect(new Set(turns.map(({ turnSpanId }) => turnSpanId)).size).toBe(1);
    const tools = [...first.spans, ...second.spans].filter(({ kind }) => kind === "tool");
    expect(tools.map(({ name }) => name)).toEqual(["transfer"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the team hands over twice, which is no error", async () => {
  const { spans } = await recorded((observer) => askTeam(observer, unheard));
  const handoffs = spans.flatMap(({ marks }) =>
    marks.filter(({ type }) => type === "handoff.made"),
  );
  expect(handoffs).toMatchObject([{ to: "researcher" }, { to: "mathematician" }]);
  expect(new Set(spans.map(({ status }) => status))).toEqual(new Set(["ok"]));
});

/** What one process recorded, folded as it was recorded. */
async function recorded(
  work: (observer: Observer) => Promise<void>,
  dir?: string,
): Promise<{ readonly spans: readonly Span[] }> {
  const tree = createRunTree();
  const intoTree: EventExporter = {
    name: "tree",
    consumes: "events",
    async export(batch) {
      for (const event of batch) tree.apply(event);
    },
  };
  const journal = dir === undefined ? "memory" : { dir };
  const observer = createObserver({ journal, exporters: [intoTree] });
  await work(observer);
  await observer.close();
  return { spans: tree.sessions().flatMap((id) => tree.session(id)?.spans ?? []) };
}

const kindOf = (spans: readonly Span[], id: string | null): string | undefined =>
  spans.find(({ spanId }) => spanId === id)?.kind;
