import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { contentReader } from "../journal/context-book.ts";
import { journalReader } from "../journal/disk/journal-reader.ts";
import { parseEventLine } from "../schema/parse.ts";
import { ended, sessionStarted, tool, turn } from "../testing-kit/drafts.ts";
import { temporaryFolder } from "../testing-kit/temporary-folder.ts";
import type { AgentEvent, DraftOf, EventDraft } from "../vocabulary/event.ts";
import { spanIdOf } from "../vocabulary/identity.ts";
import { openKeptSearch, openSearch, searchPays } from "./index.ts";
import { asking, find, recordInto } from "./search.fixture.ts";

const storyOf = (session: string): readonly EventDraft[] => [
  sessionStarted({ session, userId: `user of ${session}` }),
  turn("t", { session, input: `asked in ${session}` }),
  ...Array.from({ length: 20 }, (_, index) =>
    tool(`c ${index}`, "t", { session, name: "Bash", input: `${session} ${index}` }),
  ),
  ended("turn", "t", { session, output: `answered in ${session}` }),
];

const reduced = (more: Partial<DraftOf<"record.reduced">> = {}): EventDraft => ({
  type: "record.reduced",
  session: "a",
  source: "journal",
  on: null,
  mark: "reduced@0/1",
  at: { ms: 9_000_000 },
  what: "content",
  why: "erasure",
  ...more,
});

describe("sessions read by the index", () => {
  test("are what reading all of the journal gives, values and all", async () => {
    const dir = temporaryFolder();
    await recordInto(dir, [...storyOf("a"), ...storyOf("b")], { segmentBytes: 2_000 });
    await recordInto(dir, storyOf("a").slice(5), { startMs: 5_000 });
    const reader = journalReader(dir);
    const wanted: AgentEvent[] = [];
    for (const { line } of reader.entries()) {
      const parsed = parseEventLine(line);
      if (parsed.ok && parsed.event.session === "a") wanted.push(parsed.event);
    }
    const { events, content } = asking(dir, (search) => {
      const recorded = search.record(["a", "nobody"]);
      return { events: [...recorded.events], content: contentReader(recorded.content) };
    });
    expect(events).toEqual(wanted);
    const values = events.flatMap((event) =>
      "input" in event && event.input !== undefined ? [content.read(event.input)] : [],
    );
    expect(values).toHaveLength(38);
    expect(new Set(values.map(({ kind }) => kind))).toEqual(new Set(["value"]));
  });

  test("those that tell of a span are known by its id", async () => {
    const dir = temporaryFolder();
    await recordInto(dir, [...storyOf("b"), ...storyOf("a")]);
    const spanId = spanIdOf("b", "c 3");
    expect(asking(dir, (search) => search.sessionsWith(spanId))).toEqual(["b"]);
    expect(asking(dir, (search) => search.sessionsWith(spanIdOf("c", "t")))).toEqual([]);
  });
});

describe("whether it pays", () => {
  test("not for a small journal, unless there is an index already", async () => {
    const dir = temporaryFolder();
    await recordInto(dir, storyOf("a"));
    expect(searchPays(dir)).toBe(false);
    find(dir);
    expect(searchPays(dir)).toBe(true);
    expect(searchPays(join(dir, "nowhere"))).toBe(false);
  });

  test("an index that must be kept is not made where it cannot be, and nothing is left open", async () => {
    const dir = temporaryFolder();
    await recordInto(dir, storyOf("a"));
    mkdirSync(join(dir, "index.sqlite"));
    const open = readdirSync("/dev/fd").length;
    expect(openKeptSearch(dir)).toBeNull();
    expect(readdirSync("/dev/fd")).toHaveLength(open);
    const search = openSearch(dir);
    search.close();
    expect(() => search.close()).not.toThrow();
  });
});

describe("a record of which something went", () => {
  test("words about that are no activity", async () => {
    const dir = temporaryFolder();
    await recordInto(dir, [turn("t", { session: "a", at: { ms: 2_000 } }), reduced()]);
    const active = asking(dir, (search) => search.lastActivity());
    expect(active).toEqual(new Map([["a", 2_000]]));
    expect(asking(dir, (search) => search.sessions({ since: 3_000 }))).toEqual([]);
  });

  test("a session of which nothing else is left is none", async () => {
    const dir = temporaryFolder();
    await recordInto(dir, [turn("t", { session: "b" }), reduced()]);
    expect(asking(dir, (search) => [...search.lastActivity().keys()])).toEqual(["b"]);
    expect(asking(dir, (search) => search.sessions())).toEqual(["b"]);
    expect(find(dir, { kind: "session" })).toEqual([]);
    expect(asking(dir, (search) => [...search.record(["a"]).events])).toHaveLength(1);
  });
});
