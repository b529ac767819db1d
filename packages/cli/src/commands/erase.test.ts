import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createRecorder, diskJournal } from "@spoor/core";
import { describe, expect, test } from "vitest";
import { problemsWith } from "../json-schema.fixture.ts";
import { runIn, temporaryFolder } from "../spoor.fixture.ts";
import { recordTurns, seal } from "../verify/sealed-journal.fixture.ts";

const schema: unknown = JSON.parse(
  readFileSync(new URL("../../../../docs/spec/erase.schema.json", import.meta.url), "utf8"),
);

/** In the folder `.spoor`: the session `thread` without a user, and `visit` of anna. */
async function recorded(): Promise<{ readonly cwd: string; readonly dir: string }> {
  const cwd = temporaryFolder();
  const dir = join(cwd, ".spoor");
  await recordTurns(dir, ["one", "two"]);
  const journal = diskJournal({ dir, clock: () => 1_000 });
  createRecorder({ journal, clock: () => 1_000 }).emit({
    type: "turn.started",
    session: "visit",
    source: "api",
    key: "t",
    name: "t",
    userId: "anna@example.com",
    input: "hello",
  });
  await journal.close();
  return { cwd, dir };
}

const contentIn = (dir: string): readonly string[] =>
  readdirSync(join(dir, "lanes/0/segments/0001/content"));

describe("spoor erase", () => {
  test("says what is gone and what it cannot reach, and verify says the same", async () => {
    const { cwd, dir } = await recorded();
    await seal(dir);
    const args = ["erase", "--subject", "anna@example.com", "--reason", "ticket 17"];
    const { code, stdout, stderr } = await runIn(cwd, args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^erased anna@example\.com: \d+ bytes of 1 session\n/);
    expect(stdout).toContain("\n  lane 0: erased, 1 session in 1 file\n");
    expect(stdout).toContain("Not reached: ");
    expect(contentIn(dir)).toHaveLength(1);

    const verified = await runIn(cwd, ["verify"]);
    expect(verified.code).toBe(0);
    expect(verified.stdout).toMatch(
      /2 values of 1 session were erased, the last at .*: ticket 17\n/,
    );
    expect((await runIn(cwd, ["show", "thread"])).stdout).toContain("ask about one");
    expect((await runIn(cwd, ["show", "visit"])).code).toBe(0);
  });

  test("says beforehand what would go, and changes nothing", async () => {
    const { cwd, dir } = await recorded();
    const before = contentIn(dir);
    const args = ["erase", "--subject", "anna@example.com", "--dry-run"];
    const { code, stdout } = await runIn(cwd, args);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^would erase anna@example\.com: \d+ bytes of 1 session\n {2}lane 0: 1 session in 1 file\n/,
    );
    const document: unknown = JSON.parse((await runIn(cwd, [...args, "--json"])).stdout);
    expect(problemsWith(document, schema)).toEqual([]);
    expect(document).toMatchObject({ state: "found", lanes: [{ state: "found" }] });
    expect(contentIn(dir)).toEqual(before);
    expect((await runIn(cwd, ["show", "visit"])).stdout).toContain("hello");
  });

  test("prints JSON of the described shape, whatever became of it", async () => {
    const { cwd } = await recorded();
    const args = ["erase", "--subject", "thread", "--json"];
    const erased = await runIn(cwd, args);
    const again = await runIn(cwd, args);
    const unknown = await runIn(cwd, ["erase", "--subject", "carl", "--json"]);
    expect([erased, again, unknown].map(({ code }) => code)).toEqual([0, 1, 1]);
    const documents = [erased, again, unknown].map(({ stdout }): unknown => JSON.parse(stdout));
    for (const document of documents) expect(problemsWith(document, schema)).toEqual([]);
    expect(documents).toMatchObject([
      {
        subject: "thread",
        state: "erased",
        sessions: ["thread"],
        lanes: [{ lane: "0", files: 1 }],
      },
      { state: "nothing", earlier: { isSession: true, erasedAt: "2026-11-21T12:00:00.000Z" } },
      { state: "nothing", earlier: { isSession: false, sessions: 1 } },
    ]);
  });

  test("says in one sentence why there is nothing to erase, and changes nothing", async () => {
    const { cwd, dir } = await recorded();
    const before = readFileSync(join(dir, "lanes/0/segments/0001/entries.ndjson"));
    const sentenceFor = async (subject: string): Promise<string> => {
      const { code, stdout, stderr } = await runIn(cwd, ["erase", "--subject", subject]);
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      return stderr;
    };
    expect(await sentenceFor("carl")).toBe(
      "spoor: nothing lies under carl: no user and no session of this journal is called so\n",
    );
    expect(await sentenceFor("visit")).toContain("lies under its user, so name the user");
    expect(readFileSync(join(dir, "lanes/0/segments/0001/entries.ndjson"))).toEqual(before);
    expect(existsSync(join(dir, "lanes/0/erasures"))).toBe(false);

    for (const subject of ["thread", "anna@example.com"])
      await runIn(cwd, ["erase", "--subject", subject]);
    expect(await sentenceFor("thread")).toBe(
      "spoor: session thread was erased already, at 2026-11-21T12:00:00.000Z\n",
    );
    expect(await sentenceFor("anna@example.com")).toContain(
      "it was erased already, or never recorded here (2 sessions of this journal were erased",
    );
  });

  test.each([
    ["nobody", ["erase"], "name whom to erase"],
    ["an empty name", ["erase", "--subject", ""], "option --subject is empty"],
    ["two", ["erase", "a", "--subject", "b"], "name whom to erase"],
    [
      "a reason that names them",
      ["erase", "--subject", "anna@example.com", "--reason", "Anna@example.com asked"],
      "may not name",
    ],
    ["no journal", ["erase", "--subject", "a", "--dir", "nowhere"], "there is no journal"],
  ])("refuses %s, with exit code 2", async (_, args, sentence) => {
    const { cwd } = await recorded();
    const { code, stderr } = await runIn(cwd, args);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
  });
});

test("a lane that a process writes is waited for, told of, and erased by that process", async () => {
  const { cwd, dir } = await recorded();
  let look = neverAsked;
  const again = (asked: () => Promise<void>): (() => void) => {
    look = asked;
    return () => {};
  };
  const journal = diskJournal({ dir, again });
  createRecorder({ journal, clock: () => 1_000 });
  const args = ["erase", "--subject", "thread"];
  const { code, stdout } = await runIn(cwd, args);
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /^not all of thread is erased yet: .* were found\n {2}lane 0: waits for the process/,
  );
  expect(contentIn(dir)).toHaveLength(2);
  const told = await runIn(cwd, args, {
    pause: () => look(),
  });
  expect(told.code).toBe(0);
  expect(contentIn(dir)).toHaveLength(1);
  await journal.close();
});

function neverAsked(): Promise<void> {
  return Promise.resolve();
}
