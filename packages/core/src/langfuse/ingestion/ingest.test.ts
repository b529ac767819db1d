import { describe, expect, test } from "vitest";
import type { ExportFailure } from "../../pipeline/export-failure.ts";
import { answering, ingesting, linesIn } from "../answering.fixture.ts";
import { serverOf } from "../server/langfuse-server.ts";
import { failureAmong, isRefusedWhole } from "./failure-among.ts";
import { ingest } from "./ingest.ts";
import type { IngestionEvent } from "./ingestion-event.ts";

const line = (id: string): IngestionEvent => ({
  id,
  type: "span-create",
  timestamp: "2026-01-01T00:00:00.000Z",
  body: { id },
});

const project = { baseUrl: "http://langfuse.example", publicKey: "pk-1", secretKey: "sk-1" };

interface Statuses {
  readonly [id: string]: number | null;
}

/** What becomes of members of a batch, at a server that takes all lines but these. */
async function failureOf(
  members: readonly (readonly string[])[],
  statuses: Statuses,
): Promise<ExportFailure | null> {
  const lines = members.map((ids) => ids.map(line));
  const { fetch } = answering(
    ingesting(({ id }) => (id in statuses ? (statuses[id] ?? null) : 201)),
  );
  const { signal } = new AbortController();
  return failureAmong(await ingest(serverOf(project, { fetch }), lines.flat(), signal), lines);
}

test("what is answered line by line has arrived when every line has", async () => {
  expect(await failureOf([["a"], ["b", "c"]], {})).toBeNull();
});

describe("of a batch that was not taken whole", () => {
  test("members that were refused are counted once each, and the others have arrived", async () => {
    expect(await failureOf([["a"], ["b", "c"], ["d"]], { b: 400, c: 400 })).toMatchObject({
      retry: "never",
      rejected: 1,
      message: "Langfuse rejected 1 of 3 (400: no b)",
    });
  });

  test("it comes again where a line may be taken in a moment", async () => {
    expect(await failureOf([["a"], ["b"]], { a: 400, b: 503 })).toMatchObject({
      retry: "same",
      answered: false,
      needsRepair: false,
    });
  });

  test("it waits where the keys may not write it", async () => {
    expect(await failureOf([["a"]], { a: 401 })).toMatchObject({
      retry: "same",
      needsRepair: true,
    });
  });

  test("it comes again where nobody knows what became of a line", async () => {
    expect(await failureOf([["a"], ["b"]], { b: null })).toMatchObject({
      retry: "same",
      answered: false,
      message: "Langfuse did not say what became of 1 of 2 lines",
    });
  });
});

test("an answer that is longer than any reason is read to its end", async () => {
  const members = Array.from({ length: 5_000 }, (_, index) => [`line-${index}`]);
  expect(await failureOf(members, {})).toBeNull();
});

test("more than a server takes at once goes in several requests, each line in one", async () => {
  const { asked, fetch } = answering(ingesting(() => 201));
  const lines = Array.from({ length: 9 }, (_, index) => {
    const { id, body, ...rest } = line(`line-${index}`);
    return { ...rest, id, body: { ...body, input: "x".repeat(1_000_000) } };
  });
  const { signal } = new AbortController();
  const { arrived } = await ingest(serverOf(project, { fetch }), lines, signal);
  expect(arrived.size).toBe(9);
  expect(asked.map((request) => linesIn(request).length)).toEqual([3, 3, 3]);
});

test("all lines of nothing are not refused", () => {
  const refused = new Map([["a", { status: 400, reason: "no" }]]);
  const ingested = { arrived: new Set<string>(), refused };
  expect([isRefusedWhole(ingested, []), isRefusedWhole(ingested, [line("a")])]).toEqual([
    false,
    true,
  ]);
  expect(isRefusedWhole(ingested, [line("a"), line("b")])).toBe(false);
});
