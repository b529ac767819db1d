import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createObserver, createRecorder, diskJournal, isRecord } from "@spoor/core";
import { auditCheckpointer } from "@spoor/langgraph";
import { describe, expect, test } from "vitest";
import { problemsWith } from "../json-schema.fixture.ts";
import { noon, recordingOf, type Ran, runIn, temporaryFolder } from "../spoor.fixture.ts";
import { fileSaver } from "../verify-checkpoints/file-saver.fixture.ts";

const toolLoop = "18f4815b-0cc2-4381-831e-e92bac38d335";
const forked = "c3a0129b-b613-4796-b98a-598b5954ac2a";
const resumed = "b7f2110c-1013-4f66-b4aa-e525f6fc7493";

async function show(...args: readonly string[]): Promise<Ran> {
  const cwd = temporaryFolder();
  const files = ["b-tool-loop", "n-resume"].map(recordingOf);
  await runIn(cwd, ["import", "claude-code", ...files]);
  return runIn(cwd, ["show", ...args]);
}

test.each([
  ["its id", toolLoop, toolLoop],
  ["the beginning of it", "18f", toolLoop],
  ["latest, the one that was last active", "latest", forked],
])("a session is found by %s", async (_, asked, found) => {
  const { code, stdout } = await show(asked, "--json");
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ session: { id: found } });
});

test.each([
  ["no session", ["zzz"], "no session zzz in this journal"],
  ["nothing named", [], "takes one session"],
  ["two named", [toolLoop, forked], "takes one session"],
  ["an unknown option", [toolLoop, "--fancy"], "no option --fancy"],
])("%s is one sentence and exit code 2", async (_, args, sentence) => {
  const { code, stdout, stderr } = await show(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^spoor: [^\n]+\n$/);
  expect(stderr).toContain(sentence);
});

test("in a journal without sessions none is looked for", async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, ".spoor"));
  expect((await runIn(cwd, ["show", "latest"])).stderr).toBe(
    "spoor: there is no session in this journal yet\n",
  );
});

test("entries of another version are left out, and what helps is said", async () => {
  const cwd = temporaryFolder();
  await runIn(cwd, ["import", "claude-code", recordingOf("b-tool-loop")]);
  const entries = join(cwd, ".spoor/lanes/0/segments/0001/entries.ndjson");
  const [first = "", ...others] = readFileSync(entries, "utf8").split("\n");
  const another = first.replace('"v":1', '"v":99');
  writeFileSync(entries, [another, ...others].join("\n"));
  const { stderr } = await runIn(cwd, ["show", "latest"]);
  expect(stderr).toBe(
    "spoor: left out what cannot be read in the journal: 1 line, written by another version of Spoor: install the newest @spoor/cli\n",
  );
});

test("a beginning that several sessions share names them", async () => {
  const cwd = temporaryFolder();
  const observer = createObserver({ journal: { dir: join(cwd, ".spoor") } });
  for (const id of ["chat-1", "chat-2", "other"]) observer.session({ id }).turn(() => {});
  await observer.close();
  expect(await runIn(cwd, ["show", "ch"])).toMatchObject({
    code: 2,
    stderr: "spoor: 2 sessions begin with ch (chat-1, chat-2): give more of the id\n",
  });
});

test("for people, a session is a tree, in colour only where a terminal asks for it", async () => {
  const { stdout } = await show(toolLoop);
  expect(stdout).toContain("├─ tool Read");
  expect(stdout).not.toContain("\u001B");
});

test.each([
  ["counted by totals, if not by its calls, is exact", "l-compact", "0", "$0.0363"],
  ["of which something was counted by nobody is a lower bound", "g8-stream-cut", "0", "\u2265$0."],
])("in every view, the cost of a turn %s", async (_, recording, turn, cost) => {
  const cwd = temporaryFolder();
  await runIn(cwd, ["import", "claude-code", recordingOf(recording)]);
  for (const view of [[], ["--outline"], ["--turn", turn]]) {
    const { stdout } = await runIn(cwd, ["show", "latest", ...view]);
    const [line = ""] = stdout.split("\n").filter((text) => text.startsWith(`turn ${turn} `));
    expect(line).toContain(` ${cost}`);
  }
});

test("an entry that cannot be read is left out, and that is said once", async () => {
  const cwd = temporaryFolder();
  await runIn(cwd, ["import", "claude-code", recordingOf("b-tool-loop")]);
  const before = await runIn(cwd, ["show", "latest", "--json"]);
  appendFileSync(join(cwd, ".spoor/lanes/0/segments/0001/entries.ndjson"), '{"v":0}\n');
  const after = await runIn(cwd, ["show", "latest", "--json"]);
  expect(after).toEqual({
    ...before,
    stderr: "spoor: left out what cannot be read in the journal: 1 line\n",
  });
});

describe("what --json prints is what the schema says, and no field of it is missing there", () => {
  const schema: unknown = JSON.parse(
    readFileSync(new URL("../../../../docs/spec/show.schema.json", import.meta.url), "utf8"),
    closed,
  );
  /** What is printed for an option stands among the definitions of the schema. */
  const partOf = (definition: string): unknown =>
    isRecord(schema) ? { $ref: `#/$defs/${definition}`, $defs: schema["$defs"] } : schema;

  test.each([
    ["the session", [], schema],
    ["--outline", ["--outline"], partOf("outline")],
    ["--turn", ["--turn", "last"], partOf("turnInFull")],
    ["--context", ["--context", "last"], partOf("context")],
    ["--diff", ["--diff", "last"], partOf("contextChange")],
  ])("of %s", async (_, options, shape) => {
    const cwd = temporaryFolder();
    await runIn(cwd, ["import", "claude-code", ...["b-tool-loop", "n-resume"].map(recordingOf)]);
    for (const asked of [toolLoop, forked, resumed]) {
      const { stdout } = await runIn(cwd, ["show", asked, ...options, "--json"]);
      expect(problemsWith(JSON.parse(stdout), shape)).toEqual([]);
    }
  });

  test("of a conversation that was compacted, and of requests that were recorded", async () => {
    const cwd = temporaryFolder();
    await runIn(cwd, ["import", "claude-code", recordingOf("l-compact")]);
    await recordRequests(cwd);
    for (const asked of ["5ceeae20", "by-hand"])
      for (const [option, definition] of [
        ["--context", "context"],
        ["--diff", "contextChange"],
      ] as const) {
        const { stdout } = await runIn(cwd, ["show", asked, option, "last", "--json"]);
        expect(problemsWith(JSON.parse(stdout), partOf(definition))).toEqual([]);
      }
  });
});

/** The schema lets fields be added; here none may be that it does not tell of. */
function closed(_name: string, part: unknown): unknown {
  const isOpen = isRecord(part) && isRecord(part["properties"]);
  return isOpen ? { additionalProperties: false, ...part } : part;
}

/** Two turns of a session `by-hand`, whose requests were recorded. */
async function recordRequests(cwd: string): Promise<void> {
  const journal = diskJournal({ dir: join(cwd, ".spoor") });
  const recorder = createRecorder({ journal, clock: () => noon });
  const said = { session: "by-hand", source: "api" };
  for (const [turn, messages] of [["one"], ["one\ntwo", "three"]].entries()) {
    recorder.emit({ ...said, type: "turn.started", key: `t${turn}`, name: "turn", input: "go" });
    recorder.emit({
      ...said,
      type: "model.started",
      key: `m${turn}`,
      parent: `t${turn}`,
      name: "small-1",
      context: { instructions: `be kind ${turn}`, tools: [], messages },
    });
  }
  await journal.close();
}

describe("a turn, a context or a change", () => {
  test("a turn is shown in full", async () => {
    const { stdout } = await show(toolLoop, "--turn", "0");
    expect(stdout).toContain('\u00BB {"command":"ls -R"');
    expect(stdout).toContain("return a - b;");
  });

  test("a context that nobody recorded says that it was put together, and from what", async () => {
    const { stdout } = await show(toolLoop, "--context", "0.2");
    expect(stdout).toContain("reconstructed: nobody recorded the request");
    expect(stdout).toContain("not in this journal: the system prompt, the tool definitions");
    expect(stdout).toContain("./src:");
    expect(stdout).not.toContain("return a - b;");
  });

  test("a change says what came since the call before", async () => {
    const { stdout } = await show(toolLoop, "--diff", "0.3");
    expect(stdout).toContain("3 messages kept");
    expect(stdout).toContain("+ 1    export function add(a, b) {");
  });

  test("texts take as many lines as are asked for", async () => {
    const { stdout } = await show(toolLoop, "--context", "0.2", "--lines", "2");
    expect(stdout).toMatch(/\u2026 \d+ more characters/);
    expect(stdout).not.toContain("./src:");
  });

  test.each([
    ["a turn that is not there", ["--turn", "9"], "has no turn 9: it has turn 0 only"],
    ["a call that is not there", ["--context", "0.9"], "turn 0 has 4 model calls, so none 0.9"],
    ["no number", ["--diff", "x"], "--diff takes the number of a turn, from 0, or last, not x"],
    ["a call of --turn", ["--turn", "0.1"], "--turn takes the number of a turn"],
    ["two at once", ["--turn", "0", "--outline"], "one of --outline, --turn"],
    ["no lines", ["--turn", "0", "--lines", "0"], "--lines takes a number from 1 on, not 0"],
  ])("%s is one sentence and exit code 2", async (_, args, sentence) => {
    const { code, stdout, stderr } = await show(toolLoop, ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^spoor: [^\n]+\n$/);
    expect(stderr).toContain(sentence);
  });
});

describe("the path really taken", () => {
  test("is a Mermaid flowchart", async () => {
    const { stdout } = await show(toolLoop, "--mermaid");
    expect(stdout).toMatch(/^flowchart TD\n {2}subgraph g1\["turn \u00B7 1 run \u00B7 238ms/);
    expect(stdout).toContain('[["Read<br/>1 visit \u00B7 36ms"]]');
  });

  test("may be of one turn", async () => {
    const [all, last] = await Promise.all([
      show(resumed, "--mermaid", "--json"),
      show(resumed, "--mermaid", "--turn", "last", "--json"),
    ]);
    const [whole, one] = [all, last].map(({ stdout }): unknown => JSON.parse(stdout));
    expect(whole).toMatchObject({ turn: null, graphs: [{ visits: 2 }] });
    expect(one).toMatchObject({ turn: 1, graphs: [{ visits: 1 }] });
  });

  test("as JSON is what the schema says, and no field of it is missing there", async () => {
    const schema: unknown = JSON.parse(
      readFileSync(new URL("../../../../docs/spec/path.schema.json", import.meta.url), "utf8"),
      closed,
    );
    for (const asked of [toolLoop, forked, resumed]) {
      const { stdout } = await show(asked, "--mermaid", "--json");
      expect(problemsWith(JSON.parse(stdout), schema)).toEqual([]);
    }
  });

  test.each([
    ["a turn that is not there", ["--turn", "9"], "has no turn 9: it has turn 0 only"],
    ["another view beside it", ["--outline"], "one of --outline, --turn, --context, --diff, --mer"],
  ])("%s is one sentence and exit code 2", async (_, args, sentence) => {
    const { code, stdout, stderr } = await show(toolLoop, "--mermaid", ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(sentence);
  });
});

const config = (id: string) =>
  `{"configurable":{"thread_id":"thread","checkpoint_ns":"","checkpoint_id":"${id}"}}`;

describe("what a checkpointer did", () => {
  test("is shown with the config that goes on from each checkpoint", async () => {
    const { code, stdout } = await runIn(await checkpointed(), ["show", "thread", "--checkpoints"]);
    expect(code).toBe(0);
    expect(stdout.split("\n")).toEqual([
      "session thread",
      "",
      "in no turn that is known",
      "  \u25CF  step 1  loop  count",
      `    ${config("1f0-1")}`,
      "  \u25CF  step 2  loop  count",
      `    ${config("1f0-2")}`,
      "",
    ]);
  });

  test("as JSON is what the schema says, and no field of it is missing there", async () => {
    const schema: unknown = JSON.parse(
      readFileSync(new URL("../../../../docs/spec/show.schema.json", import.meta.url), "utf8"),
      closed,
    );
    const shape = isRecord(schema)
      ? { $ref: "#/$defs/checkpoints", $defs: schema["$defs"] }
      : schema;
    const cwd = await checkpointed();
    const { stdout } = await runIn(cwd, ["show", "thread", "--checkpoints", "--json"]);
    const report: unknown = JSON.parse(stdout);
    expect(problemsWith(report, shape)).toEqual([]);
    expect(report).toMatchObject({
      turns: [],
      outside: [{ resume: JSON.parse(config("1f0-1")) }, {}],
    });
    const { stdout: none } = await show(toolLoop, "--checkpoints", "--turn", "0", "--json");
    expect(JSON.parse(none)).toMatchObject({ turn: 0, turns: [], outside: [] });
  });

  test("that nobody told of is said", async () => {
    const { stdout } = await show(toolLoop, "--checkpoints");
    expect(stdout).toContain("nobody told of a checkpoint");
  });

  test.each([
    ["a turn that is not there", ["--turn", "9"], "has no turn 9: it has turn 0 only"],
    ["another view beside it", ["--mermaid"], "--mermaid, --checkpoints and --html"],
  ])("%s is one sentence and exit code 2", async (_, args, sentence) => {
    const { code, stdout, stderr } = await show(toolLoop, "--checkpoints", ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(sentence);
  });
});

/** A folder with a thread of two checkpoints. */
async function checkpointed(): Promise<string> {
  const cwd = temporaryFolder();
  const observer = createObserver({ journal: { dir: join(cwd, ".spoor") }, flushOnExit: false });
  const saver: object = auditCheckpointer(fileSaver(join(cwd, "database.json")), observer);
  const { put } = saver as {
    readonly put: (...given: readonly object[]) => Promise<object>;
  };
  let at: object = { configurable: { thread_id: "thread", checkpoint_ns: "" } };
  for (const step of [1, 2])
    at = await put(
      at,
      {
        id: `1f0-${step}`,
        channel_values: { count: step },
        channel_versions: { count: step },
        versions_seen: {},
      },
      { source: "loop", step },
      { count: step },
    );
  await observer.close();
  return cwd;
}

test("an outline is one screen", async () => {
  const { stdout } = await show(toolLoop, "--outline");
  expect(stdout).toMatch(/^turn 0 {2}ok .* 4 calls /m);
});

test("what it cost is shown, and which of it the framework says", async () => {
  const { stdout } = await show(toolLoop);
  expect(stdout).toMatch(/ \u00B7 \$0\.\d{4}, \$0\.0508 reported\n/);
});
