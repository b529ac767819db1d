import * as fc from "fast-check";
import { appendFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ended, model, sessionStarted, tool, turn } from "../../testing-kit/drafts.ts";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";
import type { EventDraft } from "../../vocabulary/event.ts";
import type { JsonValue } from "../../vocabulary/json.ts";
import type { Query } from "../search.ts";
import { find, recordInto } from "../search.fixture.ts";
import { firstIn, needleOf } from "./needle.ts";

const session = "a";

async function journalOf(drafts: readonly EventDraft[], segmentBytes?: number): Promise<string> {
  const dir = temporaryFolder();
  await recordInto(dir, drafts, segmentBytes === undefined ? {} : { segmentBytes });
  return dir;
}

const asking = (input: JsonValue): EventDraft => tool("c", "t", { session, name: "Bash", input });

async function foundIn(value: JsonValue, text: string): Promise<boolean> {
  return find(await journalOf([asking(value)]), { text }).length === 1;
}

describe("what is found", () => {
  test.each([
    ["a part of a path", { path: "src/a-b.ts" }, "a-b.t"],
    ["words with a line break between them", "one\ntwo", "one\ntwo"],
    ["what JSON text escapes", 'say "hi" \\ now\u0001', '"hi" \\ now\u0001'],
    ["other scripts, and what is drawn in two units", ["größe 🦌 漢字"], "ße 🦌 漢"],
    ["another case of the letters A to Z", "Rate Limit", "rate limit"],
    [
      "what regular expressions mean otherwise",
      "a.b*c(d)[e]{f}|g^h$i/j?k+l",
      "b*c(d)[e]{f}|g^h$i/j?k+l",
    ],
    ["a number", { port: 8443 }, "8443"],
    ["deep inside", { a: [{ b: ["x needle y"] }] }, "needle"],
  ])("%s", async (_, value, text) => {
    expect(await foundIn(value, text)).toBe(true);
  });

  test.each([
    ["the name of a field", { command: "ls" }, "command"],
    ["another case, where a capital letter was asked for", "rate limit", "Rate"],
    ["words that stand in two values", ["rate", "limit"], "rate limit"],
    ["what only looks so in JSON text", "a\nb", "a\\nb"],
  ])("not: %s", async (_, value, text) => {
    expect(await foundIn(value, text)).toBe(false);
  });

  test("law: every part of a text is found in the text, and nothing that is not in it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat(), fc.nat(), (text, from, length) => {
        const part = text.slice(from % (text.length + 1)).slice(0, length % 10);
        if (part === "" || !part.isWellFormed()) return;
        expect(firstIn([text], needleOf(part))).not.toBeNull();
        const json = Buffer.from(JSON.stringify({ value: text }), "utf8").toString("latin1");
        expect(needleOf(part).inBytes.test(json)).toBe(true);
        expect(firstIn([text], needleOf(`${part}\u0000`))).toBeNull();
      }),
    );
  });

  test("everything that is said is looked through, and the hit says where it stands", async () => {
    const said = { session, output: "needle", detail: "needle", native: "needle" };
    const drafts: readonly EventDraft[] = [
      sessionStarted({ session, userId: "needle one" }),
      turn("t", { session, input: "a needle in the hay" }),
      model("m", "t", { session, context: { messages: ["x", { content: "needle" }] } }),
      model("n", "t", { session, context: { messages: ["y"], instructions: "needle" } }),
      ended("tool", "c", { ...said, outcome: { status: "error", errorType: "Timeout" } }),
    ];
    const hits = find(await journalOf(drafts), { text: "needle" });
    const fields = hits.map(({ kind, name, text }) => `${kind} ${name} ${text?.field}`);
    expect(fields.toSorted()).toEqual([
      "model m context",
      "model n context",
      "session null userId",
      "tool null output",
      "turn turn input",
    ]);
    expect(hits.find(({ kind }) => kind === "turn")?.text).toEqual({
      field: "input",
      before: "a ",
      match: "needle",
      after: " in the hay",
    });
  });

  test("a message of a context that is too long for an entry is found", async () => {
    const messages = Array.from({ length: 600 }, (_, index) => `message ${index}.`);
    const dir = await journalOf([model("m", "t", { session, context: { messages } })]);
    expect(find(dir, { text: "message 571." })).toMatchObject([{ text: { field: "context" } }]);
  });

  test("the newest come first, no more than are asked for, however they lie in segments", async () => {
    const times = Array.from({ length: 40 }, (_, index) => (index * 7) % 40);
    const calls = times.map((ms) =>
      tool(`c ${ms}`, "t", { session, name: `${ms}`, input: `needle ${ms}`, at: { ms } }),
    );
    const dir = await journalOf(calls, 2_000);
    expect(readdirSync(join(dir, "lanes/0/segments")).length).toBeGreaterThan(4);
    const names = (query: Query): readonly (string | null)[] =>
      find(dir, { text: "needle", ...query }).map(({ name }) => name);
    expect(names({})).toEqual(times.map((_, index) => `${39 - index}`));
    expect(names({ limit: 3 })).toEqual(["39", "38", "37"]);
    expect(names({ order: "oldest", limit: 3 })).toEqual(["0", "1", "2"]);
    expect(names({ since: 10, until: 12 })).toEqual(["11", "10"]);
    expect(names({ session: "b" })).toEqual([]);
    rmSync(join(dir, "lanes/0/segments/0001"), { recursive: true });
    expect(names({ order: "oldest", limit: 1 })).not.toEqual(["0"]);
  });
});

describe("what is not there is not found", () => {
  test("erased", async () => {
    const dir = await journalOf([asking("needle")]);
    expect(find(dir, { text: "needle" })).toHaveLength(1);
    rmSync(join(dir, "lanes/0/segments/0001/content"), { recursive: true });
    expect(find(dir, { text: "needle" })).toEqual([]);
  });

  test("stored, but told by no entry; or not whole", async () => {
    const dir = await journalOf([asking("hay")]);
    const folder = join(dir, "lanes/0/segments/0001/content");
    const [name = ""] = readdirSync(folder);
    const line = `{"ref":"${"0".repeat(64)}","value":"needle"}`;
    appendFileSync(join(folder, name), `${line}\nneedle\n${line}`);
    expect(find(dir, { text: "needle" })).toEqual([]);
  });
});
