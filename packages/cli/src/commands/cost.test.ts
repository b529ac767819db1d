import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createObserver, createRecorder, diskJournal, type EventDraft } from "@spoor/core";
import { describe, expect, onTestFinished, test } from "vitest";
import { claudeJournal } from "../cost/claude-journal.fixture.ts";
import { problemsWith } from "../json-schema.fixture.ts";
import { noon, type Ran, runIn, temporaryFolder } from "../spoor.fixture.ts";

const withAgents = "9c498769-f6f7-41a2-bfc5-79e29c315078";
const toolLoop = "18f4815b-0cc2-4381-831e-e92bac38d335";
const recordings = ["b-tool-loop", "e2-subagents-parallel", "e6-subagent-other-model", "t-abort"];

async function costOf(named: readonly string[], ...args: readonly string[]): Promise<Ran> {
  const cwd = temporaryFolder();
  await claudeJournal(cwd, ...named);
  return runIn(cwd, ["cost", ...args]);
}

test("for people, it is a table with what is unknown, and why, whose prices these are, and what they take for granted", async () => {
  const { code, stdout, stderr } = await costOf(recordings);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout.split("\n")).toEqual([
    "model             calls  input  cache read  cache write  output     cost  reported",
    "claude-sonnet-5      13     39     104,872       91,385     417  $0.2537   $0.2147",
    "claude-haiku-5-5      1      6       1,274        1,369      33  unknown   $0.0002  1 call and 1 rest",
    "total                14     45     106,146       92,754     450  $0.2537   $0.2149  + 1 call and 1 rest unknown",
    "",
    "$0.0040 of it was used by no call that was seen",
    "reported by the framework: $0.2149 for 17 of 18 lines",
    "unknown: anthropic has no price for the model claude-haiku-5-5 (2 lines)",
    "incomplete: something was used that nobody could count",
    "prices: @pydantic/genai-prices 0.1.8 (bundled)",
    expect.stringMatching(/^assumed: /),
    expect.stringMatching(/^assumed: /),
    expect.stringMatching(/^assumed: /),
    "",
  ]);
});

test("what is computed is compared with what the framework reports", async () => {
  const { stdout } = await costOf(["b-tool-loop"]);
  expect(stdout).toContain("reported by the framework: $0.0508, the same\n");
});

test("what is computed of one session is not compared with what is reported of another", async () => {
  const { stdout } = await costOf(["b-tool-loop", "t-abort"]);
  expect(stdout).toMatch(/reported by the framework: \$0\.0508 for 5 of 6 lines, the same\n/);
  const { stdout: json } = await costOf(["b-tool-loop", "t-abort"], "--json");
  const { total } = JSON.parse(json);
  expect(total).toMatchObject({ lines: 6, reportedLines: 5 });
  expect(total.differenceUsd).toBeCloseTo(0, 12);
});

async function recorded(...drafts: readonly EventDraft[]): Promise<string> {
  const cwd = temporaryFolder();
  const journal = diskJournal({ dir: join(cwd, ".spoor"), clock: () => noon });
  const recorder = createRecorder({ journal, clock: () => noon, recording: true });
  for (const draft of drafts) recorder.emit(draft);
  await journal.close();
  return cwd;
}

const said = { session: "s", source: "stream" } as const;
const used = { input: 10, cacheRead: 0, cacheWrite: 0, output: 1, reasoning: null };

function turnWith(key: string, at: EventDraft["at"], usage: typeof used | null): EventDraft[] {
  const when = at === undefined ? {} : { at };
  return [
    { ...said, ...when, type: "turn.started", key, name: key },
    { ...said, ...when, type: "model.started", key: `${key}-m`, parent: key, name: "gpt-4o" },
    ...(usage
      ? [
          {
            ...said,
            ...when,
            type: "usage.reported" as const,
            on: `${key}-m`,
            mark: "u",
            basis: "call" as const,
            usage,
            final: true,
          },
        ]
      : []),
    {
      ...said,
      ...when,
      type: "model.ended",
      key: `${key}-m`,
      model: "gpt-4o",
      outcome: { status: "ok" },
    },
  ];
}

test("a span of time is incomplete for what lies in it, and names what has no time", async () => {
  const cwd = await recorded(
    ...turnWith("uncounted", { ms: Date.UTC(2026, 0, 10) }, null),
    ...turnWith("counted", { ms: Date.UTC(2026, 0, 20) }, used),
    ...turnWith("timeless", undefined, used),
  );
  const { stdout } = await runIn(cwd, ["cost", "--since", "2026-01-15"]);
  expect(stdout).not.toContain("incomplete");
  expect(stdout).toContain("left out: 1 line, because nobody knows when they were made\n");
  const { stdout: all } = await runIn(cwd, ["cost"]);
  expect(all).toContain("incomplete: something was used that nobody could count\n");
  expect(all).not.toContain("left out");
  const { stdout: json } = await runIn(cwd, ["cost", "--since", "2026-01-15", "--json"]);
  expect(JSON.parse(json)).toMatchObject({ complete: true, timeless: 1 });
  const { stderr } = await runIn(cwd, ["cost", "--since", "2026-01-25"]);
  expect(stderr).toBe(
    "spoor: no model call matches\nspoor: left out: 1 line, because nobody knows when they were made\n",
  );
});

test("what the framework reports of no one model is no row of its own", async () => {
  const cwd = await recorded(...turnWith("t", { ms: noon }, used), {
    ...said,
    at: { ms: noon },
    type: "usage.reported",
    on: "t",
    mark: "total",
    basis: "total",
    usage: used,
    final: true,
    reportedUsd: 0.018,
  });
  const { stdout } = await runIn(cwd, ["cost"]);
  expect(stdout).not.toContain("(no model)");
  expect(stdout).toContain("reported by the framework: $0.0180; computed is");
});

test("by tool, a call stands with the tools whose results it acts on", async () => {
  const { stdout } = await costOf(["b-tool-loop"], "--by", "tool", "--json");
  const { groups, total } = JSON.parse(stdout);
  expect(groups.map(({ key, calls }: { key: unknown; calls: unknown }) => [key, calls])).toEqual([
    [null, 1],
    ["Edit", 1],
    ["Bash", 1],
    ["Read", 1],
  ]);
  expect(total).toMatchObject({
    usdExact: "0.0507984",
    reportedUsd: expect.closeTo(0.0507984, 12),
  });
});

describe("--json", () => {
  const schema: unknown = JSON.parse(
    readFileSync(new URL("../../../../docs/spec/cost.schema.json", import.meta.url), "utf8"),
  );

  test.each(["user", "feature", "model", "session", "agent", "tool", "day"])(
    "is what the schema says, by %s",
    async (by) => {
      const { stdout } = await costOf(recordings, "--by", by, "--json");
      const document = JSON.parse(stdout);
      expect(problemsWith(document, schema)).toEqual([]);
      expect(document).toMatchObject({ by, complete: false });
      expect(document.lines).toHaveLength(18);
    },
  );

  test("has each line on a line of its own, and is a document without any", async () => {
    const { stdout } = await costOf(["a-simple"], "--json");
    expect(JSON.parse(stdout.split("\n")[2]?.replace(/,$/, "") ?? "")).toMatchObject({
      kind: "call",
      usd: 0.036246,
      price: { id: "anthropic/claude-sonnet-5", source: "bundled" },
    });
    const { stdout: empty } = await costOf(["a-simple"], "--json", "--since", "2027-01-01");
    expect(JSON.parse(empty)).toMatchObject({ lines: [], groups: [], total: { usd: null } });
    expect(problemsWith(JSON.parse(empty), schema)).toEqual([]);
  });
});

const ids = async (...args: readonly string[]): Promise<readonly string[]> => {
  const { stdout } = await costOf(recordings, ...args, "--by", "session", "--json");
  return JSON.parse(stdout).groups.map(({ key }: { readonly key: string }) => key);
};

test("sessions are named by their ids, the beginnings of them, or latest", async () => {
  expect(await ids(withAgents)).toEqual([withAgents]);
  expect(await ids("9c", toolLoop)).toEqual([withAgents, toolLoop]);
  expect(await ids("latest")).toHaveLength(1);
});

test("turns count that began since a time", async () => {
  const { stdout, code, stderr } = await costOf(recordings, "--since", "2026-11-21T04:00Z");
  expect({ stdout, code }).toEqual({ stdout: "", code: 0 });
  expect(stderr).toBe("spoor: no model call matches\n");
  const { stdout: since } = await costOf(recordings, "--since", "1d", "--json");
  expect(JSON.parse(since).lines).toHaveLength(18);
});

test.each([
  [
    ["--by", "colour"],
    "--by is one of user, feature, model, session, agent, tool, day, not colour",
  ],
  [["--since", "yesterday"], "--since takes a date"],
  [["nobody"], "no session nobody in this journal"],
  [["--dir", "nowhere"], "there is no journal in"],
  [["--prices", "x"], "spoor cost has no option --prices"],
])("%j is refused in one sentence", async (args, sentence) => {
  const { code, stdout, stderr } = await costOf(["a-simple"], ...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(sentence);
});

async function costWith(prices: unknown, environment = {}): Promise<Ran> {
  const cwd = temporaryFolder();
  await claudeJournal(cwd, "e6-subagent-other-model");
  writeFileSync(join(cwd, "spoor.config.json"), JSON.stringify({ prices }));
  return runIn(cwd, ["cost", "--dir", ".spoor", "--json"], { env: environment });
}

describe("the config of the directory says which prices count", () => {
  test("prices of one's own win", async () => {
    const haiku = { input: 1, cacheRead: 0.1, cacheWrite: 1, output: 5, note: "by contract" };
    const { stdout } = await costWith({ models: { "claude-haiku-*": haiku } });
    const { lines, total } = JSON.parse(stdout);
    expect(total.unknownCalls).toBe(0);
    expect(
      lines.find(({ model }: { model: string }) => model === "claude-haiku-5-5").price,
    ).toEqual({
      id: "anthropic/claude-haiku-*",
      asOf: "2026-11-21",
      since: null,
      source: "own",
      from: "by contract",
    });
  });

  test("prices can be pinned to a day, and be read from a file beside the config", async () => {
    const pinned = await costWith({ pinnedTo: "2026-09-01" });
    expect(JSON.parse(pinned.stdout).lines[0].price.asOf).toBe("2026-09-01");
  });

  test.each([
    [{ file: "mine.json" }, /the price list \/.*\/mine\.json cannot be read/],
    [{ models: { "claude-*": { input: 1e-23 } } }, /the price of claude-\* for input is no amount/],
  ])("%j cannot be used, which is said, and stops nobody from reading", async (prices, reason) => {
    const { code, stdout, stderr } = await costWith(prices);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^spoor: bundled prices are used, because .*\n$/);
    expect(stderr).toMatch(reason);
    expect(JSON.parse(stdout).total.prices[0].words).toContain("(bundled)");
  });

  test("without its list, prices of one's own still count", async () => {
    const models = { "claude-*": { input: 1, cacheRead: 1, cacheWrite: 1, output: 1 } };
    const { stdout, stderr } = await costWith({ file: "mine.json", models });
    expect(stderr).toContain("mine.json cannot be read");
    expect(JSON.parse(stdout).total.prices[0].words).toBe("the config (own)");
  });

  test("one that cannot be used is said, and costs only its own prices", async () => {
    const { code, stdout, stderr } = await costWith({ pinnedTo: "soon" });
    expect(code).toBe(0);
    expect(stderr).toContain("bundled prices are used, because spoor.config.json cannot be used");
    expect(JSON.parse(stdout).total.usd).toBeGreaterThan(0);
  });

  test("a newer list is fetched from where it says, and counts the next time", async () => {
    const haiku = {
      id: "claude-haiku-5-5",
      match: { equals: "claude-haiku-5-5" },
      prices: { input_mtok: 1, output_mtok: 5, cache_read_mtok: 0.1, cache_write_mtok: 1 },
    };
    const list = [{ id: "anthropic", provider_match: { contains: "anthropic" }, models: [haiku] }];
    const server = createServer((_, response) => response.end(JSON.stringify(list)));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const refresh = `http://127.0.0.1:${port}/`;
    const environment = { XDG_CACHE_HOME: temporaryFolder() };
    const first = await costWith({ refresh }, environment);
    expect(JSON.parse(first.stdout).total.unknownCalls).toBe(1);
    expect(first.stderr).toBe("");
    const second = JSON.parse((await costWith({ refresh }, environment)).stdout);
    expect(second.total.prices).toEqual([
      { words: `${refresh} of ${new Date(noon).toISOString().slice(0, 10)} (refreshed)`, lines: 2 },
    ]);
    server.close();
    server.closeAllConnections();
  });

  test("a list that cannot be fetched is said in a sentence, after the figures", async () => {
    const environment = { XDG_CACHE_HOME: temporaryFolder() };
    const { code, stdout, stderr } = await costWith(
      { refresh: "http://127.0.0.1:1/" },
      environment,
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout).total.usd).toBeGreaterThan(0);
    expect(stderr).toMatch(/^spoor: no newer prices could be fetched, so these ones stand: .*\n$/);
  });
});

test("names from outside cannot move the cursor or break a line", async () => {
  const cwd = temporaryFolder();
  const observer = createObserver({ journal: { dir: join(cwd, ".spoor") }, flushOnExit: false });
  await observer.session({ id: "s" }).turn({ name: "t" }, async (turn) => {
    await turn.model("evil\u001b[2J\nmodel", async (call) => {
      call.usage({ input: 1, cacheRead: 0, cacheWrite: 0, output: 1, reasoning: null });
    });
  });
  await observer.close();
  const { stdout } = await runIn(cwd, ["cost"]);
  expect(stdout).not.toContain("\u001b");
  expect(stdout).toContain("nobody is known to sell the model");
});

test("names from outside cannot move the cursor in what is said of them, either", async () => {
  const cwd = temporaryFolder();
  const observer = createObserver({ journal: { dir: join(cwd, ".spoor") }, flushOnExit: false });
  for (const id of ["dup-1\u001b]0;PWN\u0007", "dup-2\nspoor: all is well"])
    await observer.session({ id }).turn({ name: "t" }, async () => {});
  await observer.close();
  const { code, stderr } = await runIn(cwd, ["cost", "dup"]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^spoor: 2 sessions begin with dup \([ -~]*\): give more of the id\n$/);
  expect((await runIn(cwd, ["cost", "no\u001b[2Jbody"])).stderr).toMatch(/^[ -~]*\n$/);
});
