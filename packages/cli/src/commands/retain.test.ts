import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRecorder, diskJournal, type EventDraft } from "@spoor/core";
import { beforeEach, describe, expect, test } from "vitest";
import { problemsWith } from "../json-schema.fixture.ts";
import { type Ran, runIn, temporaryFolder } from "../spoor.fixture.ts";
import { copyOf, seal, vkeyOf } from "../verify/sealed-journal.fixture.ts";

const day = 86_400_000;
const today = Date.UTC(2026, 10, 22);

let cwd: string;
let dir: string;
beforeEach(() => {
  cwd = temporaryFolder();
  dir = join(cwd, ".spoor");
});

const run = (...args: readonly string[]): Promise<Ran> => runIn(cwd, args, { now: () => today });

async function json(...args: readonly string[]): Promise<unknown> {
  const { stdout } = await run(...args, "--json");
  return JSON.parse(stdout);
}

function say(journal: object): void {
  writeFileSync(join(cwd, "spoor.config.json"), JSON.stringify({ journal }));
}

/** The ids that `sessions` lists. */
async function ids(...filter: readonly string[]): Promise<readonly unknown[]> {
  return ((await json("sessions", ...filter)) as readonly { id: string }[]).map(({ id }) => id);
}

async function findings(...more: readonly string[]): Promise<unknown> {
  return ((await json("verify", ...more)) as { findings: unknown }).findings;
}

const retention = { warmAfter: "90d", coldAfter: "1y" };

/** Each session in a segment of its own, so many days ago. */
async function record(sessions: Readonly<Record<string, number>>): Promise<void> {
  let now = 0;
  const clock = (): number => (now += 1);
  const journal = diskJournal({ dir, clock });
  const recorder = createRecorder({ journal, clock });
  for (const [session, daysAgo] of Object.entries(sessions)) {
    now = today - daysAgo * day;
    journal.reduction.beginSegment();
    for (const draft of turn(session)) recorder.emit(draft);
  }
  await journal.close();
}

function turn(session: string): readonly EventDraft[] {
  const about = { session, source: "api" } as const;
  const usage = { input: 1_200, cacheRead: 0, cacheWrite: 0, output: 34, reasoning: 0 };
  return [
    {
      ...about,
      type: "session.started",
      on: null,
      mark: "start",
      framework: "langgraph",
      userId: `user of ${session}`,
      feature: "support",
    },
    { ...about, type: "turn.started", key: "turn", name: "ask", input: `asked in ${session}` },
    {
      ...about,
      type: "model.started",
      key: "call",
      name: "chat",
      parent: "turn",
      requestModel: "gpt-4o",
      provider: "openai",
    },
    {
      ...about,
      type: "usage.reported",
      on: "call",
      mark: "final",
      basis: "call",
      usage,
      final: true,
    },
    { ...about, type: "model.ended", key: "call", outcome: { status: "ok" }, model: "gpt-4o" },
    {
      ...about,
      type: "turn.ended",
      key: "turn",
      outcome: { status: "ok" },
      output: `answered in ${session}`,
    },
  ];
}

const threeAges = { ancient: 400, old: 100, new: 1 };

/** Every byte of a folder, name by name. */
const everything = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true, encoding: "utf8" })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => `${path} ${readFileSync(path, "latin1")}`);

test("a dry run says what would go, and touches nothing", async () => {
  say({ retention });
  await record(threeAges);
  const before = everything(dir);
  const { code, stdout } = await run("retain", "--dry-run");
  expect(code).toBe(0);
  expect(stdout.split("\n").slice(0, -1)).toEqual([
    expect.stringMatching(/^lane 0: content would go: segment 2, 6 entries of 1 session, /),
    expect.stringMatching(/^lane 0: entries would go: segment 1, 6 entries of 1 session, /),
  ]);
  expect(everything(dir)).toEqual(before);
  expect(await json("retain", "--dry-run")).toEqual({
    dryRun: true,
    lanes: [
      {
        lane: "0",
        held: false,
        warm: [{ segment: 2, sessions: 1, entries: 6, bytes: expect.any(Number) }],
        cold: [{ segment: 1, sessions: 1, entries: 6, bytes: expect.any(Number) }],
        staying: [],
        failure: null,
      },
    ],
  });
});

test("what --json prints is what the schema says", async () => {
  const schema: unknown = JSON.parse(
    readFileSync(new URL("../../../../docs/spec/retain.schema.json", import.meta.url), "utf8"),
  );
  say({ retention: { ...retention, hold: ["old"] } });
  await record(threeAges);
  for (const options of [["--dry-run"], []])
    expect(problemsWith(await json("retain", ...options), schema)).toEqual([]);
});

test("what went is gone from the disk, and running again finds nothing due", async () => {
  say({ retention });
  await record(threeAges);
  expect((await run("retain")).stdout).toContain("lane 0: entries went: segment 1");
  const rest = everything(dir).join("\n");
  for (const session of ["ancient", "old"]) expect(rest).not.toContain(`asked in ${session}`);
  expect(rest).toContain("asked in new");
  expect((await run("retain")).stdout).toBe("nothing was due\n");
});

test("a lane that a process writes is that process's to reduce", async () => {
  say({ retention });
  await record(threeAges);
  const journal = diskJournal({ dir });
  const { code, stdout } = await run("retain");
  await journal.close();
  expect(code).toBe(0);
  expect(stdout).toContain("lane 0: a process writes it, and applies its own config");
  expect(stdout).toContain("lane 0: entries would go: segment 1");
  expect(everything(dir).join("\n")).toContain("asked in ancient");
});

test("without a retention everything stays, and that is bad input", async () => {
  await record(threeAges);
  const { code, stderr } = await run("retain");
  expect(code).toBe(2);
  expect(stderr).toMatch(/^spoor: your config says nothing about retention/);
});

test("who is held stays, and the command says so", async () => {
  say({ retention: { ...retention, hold: ["user of old", "ancient"] } });
  await record(threeAges);
  expect((await run("retain")).stdout).toBe(
    "lane 0: stays: segment 1, somebody or some session in it is held\n" +
      "lane 0: stays: segment 2, somebody or some session in it is held\n",
  );
});

test("what an exporter of the config has still to read stays", async () => {
  const exporters = [{ to: "ndjson", name: "file", file: "out.ndjson" }];
  writeFileSync(
    join(cwd, "spoor.config.json"),
    JSON.stringify({ journal: { retention }, exporters }),
  );
  await record(threeAges);
  expect((await run("retain", "--dry-run")).stdout).toContain("content would go");
  const lane = diskJournal({ dir });
  await lane.close();
  const { diskCursors } = await import("@spoor/core");
  const foldFrom = { segment: 2, offset: 0 };
  diskCursors(dir).save("file", "0", { sequence: 5, foldFrom, outstanding: [] });
  expect((await run("retain")).stdout).toMatch(
    /^lane 0: entries went: segment 1, .*\nlane 0: stays: segment 2, an exporter has still to read it\n$/,
  );
});

describe("what readers say", () => {
  beforeEach(async () => {
    say({ retention });
    await record(threeAges);
    await run("retain");
  });

  test("sessions lists all three, and how much of each is there", async () => {
    const listed = (await json("sessions")) as readonly Record<string, unknown>[];
    expect(listed.map(({ id, fidelity }) => [id, fidelity])).toEqual([
      ["new", "hot"],
      ["old", "warm"],
      ["ancient", "cold"],
    ]);
    expect(listed[1]).toMatchObject({ userId: "[removed by retention]" });
    expect(listed.at(-1)).toMatchObject({
      framework: "langgraph",
      feature: "support",
      userId: null,
      status: "ok",
      turns: 1,
      modelCalls: 1,
      usage: { input: 1_200, output: 34 },
      cost: { usd: null, unpriced: 1 },
    });
    expect((await run("sessions")).stdout).toMatch(/^ancient .*cold/m);
  });

  test("filters that a line of the ledger can answer are answered", async () => {
    expect(await ids("--status", "error")).toEqual([]);
    expect(await ids("--since", "200d")).toEqual(["new", "old"]);
    expect(await ids("--status", "ok")).toEqual(["new", "old", "ancient"]);
  });

  test("show says in words that content was removed, and costs stand", async () => {
    const { stdout } = await run("show", "old");
    expect(stdout).toContain("[removed by retention]");
    const { session } = (await json("show", "old")) as { session: { cost: { usd: number } } };
    expect(session.cost.usd).toBeGreaterThan(0);
    expect(session).toMatchObject({ fidelity: "warm" });
  });

  test("show of a cold session prints its line of the ledger, and says that this is all there is", async () => {
    const { code, stdout, stderr } = await run("show", "ancient");
    expect(code).toBe(0);
    expect(stdout).toContain("1,234 tokens");
    expect(stderr).toContain("ancient is cold");
    expect(await json("show", "anc")).toMatchObject({
      session: { id: "ancient", fidelity: "cold", turns: 1 },
      ledger: [{ entries: 6, to: expect.any(Number) }],
    });
    const turn = await run("show", "ancient", "--turn", "0");
    expect([turn.code, turn.stderr]).toEqual([2, expect.stringContaining("ancient is cold")]);
  });

  test.each([
    ["export", ["export", "anc", "--to", "ndjson"], "session ancient is cold"],
    ["why", ["why", "call", "--session", "ancient"], "session ancient is cold"],
    ["show --html", ["show", "ancient", "--html", "page.html"], "session ancient is cold"],
    ["why of a span", ["why", "nothing"], "but for what went of 1 cold session"],
  ])("%s of a cold session says in a sentence why it cannot be done", async (_, args, sentence) => {
    const { code, stdout, stderr } = await run(...args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(sentence);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });

  test("a session that goes on afterwards is its line and what came since", async () => {
    await record({ ancient: 0 });
    expect(await json("sessions")).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          id: "ancient",
          fidelity: "cold",
          turns: 2,
          modelCalls: 2,
          usage: expect.objectContaining({ input: 2_400 }),
          cost: expect.objectContaining({ usd: expect.any(Number), unpriced: 1 }),
        }),
      ]),
    );
    const { stdout, stderr } = await run("show", "ancient");
    expect(stdout).toContain("answered in ancient");
    expect(stderr).toContain("ancient is cold");
    expect(await json("show", "ancient")).toMatchObject({
      session: { fidelity: "cold", turns: 2, cost: { usd: expect.any(Number) } },
      ledger: [{ entries: 6 }],
    });
  });

  test("cost says how much it cannot count", async () => {
    const { stdout, stderr } = await run("cost");
    expect(stdout).toContain("gpt-4o");
    expect(stderr).toContain("left out: 1 cold session with 1 model call and 1,234 tokens");
    expect((await run("cost", "ancient")).stderr).toContain("left out: 1 cold session");
  });
});

describe("a sealed journal", () => {
  test("is whole after warm and after cold, with all that was handed out before", async () => {
    say({ retention });
    await record(threeAges);
    await seal(dir);
    const [first = ""] = readFileSync(
      join(dir, "lanes/0/segments/0001/entries.ndjson"),
      "utf8",
    ).split("\n");
    const id = (JSON.parse(first) as { id: string }).id;
    const { stdout: proof } = await run("prove", id);
    writeFileSync(join(cwd, "proof"), proof);
    const before = copyOf(join(dir, "lanes/0/seal/checkpoint"), join(cwd, "checkpoint"));
    await run("retain");
    expect(await findings("--against", before)).toEqual([]);
    await seal(dir);
    expect(await findings("--against", before)).toEqual([]);
    const verified = await run("verify-proof", "proof", "--key", vkeyOf(dir));
    expect(verified.code).toBe(0);
    const { code, stderr } = await run("prove", id);
    expect(code).toBe(2);
    expect(stderr).toMatch(/went/);
  });

  test("keeps entries that no checkpoint speaks of, and says why", async () => {
    await record({ ancient: 400 });
    await seal(dir);
    await record({ later: 399, new: 1 });
    say({ retention });
    expect((await run("retain")).stdout).toContain("lane 0: content went: segment 2");
    await seal(dir);
    expect((await run("retain")).stdout).toContain("lane 0: entries went: segment 2");
    expect(await findings()).toEqual([]);
  });
});
