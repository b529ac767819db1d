import { execFile } from "node:child_process";
import { hash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  contentReader,
  createRunTree,
  journalReader,
  sessionReport,
  spanIdOf,
  type JsonValue,
} from "@spoor/core";
import { findEntries, proveEntry } from "@spoor/core/audit";
import { contextsOf } from "@spoor/core/report";
import { parseEventLine } from "@spoor/core/schema";
import { afterAll, beforeAll, expect, test } from "vitest";
import { recordStory } from "./record-story.ts";

interface Sessions {
  readonly [session: string]: {
    readonly turns: readonly string[];
    /** By the span of each model call, what it was sent. */
    readonly calls: { readonly [span: string]: readonly JsonValue[] | null };
  };
}

const dir = mkdtempSync(join(tmpdir(), "spoor-reader-"));
beforeAll(() => recordStory(dir));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const run = promisify(execFile);

async function read(...names: readonly string[]): Promise<string> {
  const { stdout } = await run("python3", ["-B", join(import.meta.dirname, "reader.py"), ...names]);
  return stdout;
}

interface Listed {
  readonly sessions: Sessions;
  readonly unreadable: number;
  readonly misnamed: readonly string[];
  readonly changed: readonly string[];
  readonly sealed: { readonly [lane: string]: number };
}

const listed = async (): Promise<Listed> => JSON.parse(await read(dir)) as Listed;

const entriesIn = (lane: string): number => [...journalReader(dir).entriesOf(lane)].length;

/** The same, by the packages. */
function readHere(): Sessions {
  const reader = journalReader(dir);
  const [tree, content] = [createRunTree(), contentReader(reader)];
  for (const { line } of reader.entries()) {
    const parsed = parseEventLine(line);
    if (!parsed.ok) throw new Error(`cannot read ${line}`);
    tree.apply(parsed.event);
    content.apply(parsed.event);
  }
  return Object.fromEntries(
    tree.sessions().map((id) => {
      const view = tree.session(id);
      if (!view) throw new Error(`there is no ${id}`);
      const contexts = contextsOf(view, content);
      const calls = contexts.calls.map((call): [string, readonly JsonValue[] | null] => {
        const report = contexts.report(call);
        const isRecorded = report?.basis === "recorded";
        return [
          call.spanId,
          isRecorded ? (report.messages?.map(({ value }) => value) ?? null) : null,
        ];
      });
      const turns = sessionReport(view, content).turns.map(({ turnId }) => turnId);
      return [id, { turns, calls: Object.fromEntries(calls) }];
    }),
  );
}

test("who has only the specification reads the same sessions, turns and contexts", async () => {
  const { sessions, ...found } = await listed();
  expect(sessions).toEqual(readHere());
  expect(Object.values(sessions).flatMap(({ turns }) => turns)).toHaveLength(4);
  const sealed = { "0": entriesIn("0"), "1": entriesIn("1") };
  expect(found).toEqual({ unreadable: 0, misnamed: [], changed: [], sealed });
});

test("a proof shows its entry, and no other", async () => {
  const [entry] = findEntries(dir, spanIdOf("thread-9", "turn@1"));
  if (!entry) throw new Error("nothing was found");
  const proof = join(dir, "entry.tlog-proof");
  const key = readFileSync(join(dir, "lanes", entry.lane, "seal/log.vkey"), "utf8").trim();
  writeFileSync(proof, proveEntry(dir, entry));
  expect(await read(proof, key)).toBe(`${Buffer.from(entry.bytes).toString()}\n`);
  writeFileSync(
    proof,
    readFileSync(proof, "utf8").replace(/index \d+/u, `index ${entry.index + 1}`),
  );
  await expect(read(proof, key)).rejects.toThrow("the proof does not lead to what was signed");
});

test("an entry that was changed is found", async () => {
  await changed("entries.ndjson", '"thread-9"', '"thread-8"', async () => {
    await expect(read(dir)).rejects.toThrow("the entries are not those that were sealed");
  });
});

test("a value that was changed is found", async () => {
  const subject = hash("sha256", "thread-9", "hex").slice(0, 32);
  await changed(join("content", `${subject}.ndjson`), "told by one", "told by two", async () => {
    expect((await listed()).changed).toHaveLength(1);
  });
});

const segment = join(dir, "lanes/0/segments/0001");

async function changed(
  name: string,
  from: string,
  to: string,
  look: () => Promise<void>,
): Promise<void> {
  const file = join(segment, name);
  const before = readFileSync(file, "utf8");
  expect(before).toContain(from);
  writeFileSync(file, before.replace(from, to));
  await look();
  writeFileSync(file, before);
}
