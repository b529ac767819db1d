import { describe, expect, test } from "vitest";
import { diskJournal } from "../../journal/disk/disk-journal.ts";
import {
  amended,
  ended,
  interrupt,
  sessionStarted,
  tool,
  turn,
  work,
} from "../../testing-kit/drafts.ts";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";
import type { EventDraft } from "../../vocabulary/event.ts";
import { spanIdOf } from "../../vocabulary/identity.ts";
import { asking, find, recordInto } from "../search.fixture.ts";

const session = "a";
const spanOf = (key: string): string => spanIdOf(session, key);

async function journalOf(story: readonly EventDraft[]): Promise<string> {
  const dir = temporaryFolder();
  await recordInto(dir, story);
  return dir;
}

/** By name of the span. */
function told(dir: string, field: "turnId" | "agent"): Readonly<Record<string, string | null>> {
  return Object.fromEntries(find(dir).map((hit) => [hit.name, hit[field]]));
}

describe("the turn of a span", () => {
  test("that goes on is its first activation, whose agent is not its own", async () => {
    const dir = await journalOf([
      turn("t", { session, name: "first", agent: "planner" }),
      { ...interrupt("t", "approval"), session },
      ended("turn", "t", { session, outcome: { status: "suspended" } }),
      turn("u", { session, name: "second", resumes: "approval" }),
      tool("c", "u", { session, name: "Bash" }),
    ]);
    expect(told(dir, "turnId")).toEqual({
      first: spanOf("t"),
      second: spanOf("t"),
      Bash: spanOf("t"),
    });
    expect(told(dir, "agent")).toEqual({ first: "planner", second: null, Bash: null });
  });

  test("that lies in another one is its own", async () => {
    const dir = await journalOf([
      turn("t", { session, name: "outer" }),
      turn("u", { session, name: "inner", parent: "t" }),
      tool("c", "u", { session, name: "Bash" }),
    ]);
    expect(told(dir, "turnId")).toEqual({
      outer: spanOf("t"),
      inner: spanOf("u"),
      Bash: spanOf("u"),
    });
  });

  test("of which its recorder knew no suspension is the one that the carrier names", async () => {
    const dir = await journalOf([
      turn("t", { session, name: "first" }),
      turn("u", {
        session,
        name: "second",
        resumes: "unheard of",
        parent: { traceparent: `00-${"1".repeat(32)}-${spanOf("t")}-01` },
      }),
    ]);
    expect(told(dir, "turnId")).toEqual({ first: spanOf("t"), second: spanOf("t") });
  });

  test("is used by who used its first activation, where it does not say who", async () => {
    const dir = await journalOf([
      sessionStarted({ session, userId: "bob" }),
      turn("t", { session, userId: "ada" }),
      { ...interrupt("t", "approval"), session },
      ended("turn", "t", { session, outcome: { status: "suspended" } }),
      turn("u", { session, resumes: true }),
      tool("c", "u", { session, name: "Bash" }),
    ]);
    expect(find(dir, { user: "ada", tool: "Bash" })).toHaveLength(1);
    expect(find(dir, { user: "bob", tool: "Bash" })).toEqual([]);
  });
});

test("where a span hangs is what was recorded first, in whichever lane it lies", async () => {
  const dir = temporaryFolder();
  const later = [
    work("x", "t", { session, agent: "later" }),
    amended("c", "moved", { session, parent: "x" }),
  ];
  await recordInto(dir, later, { startMs: 5_000 });
  const holder = diskJournal({ dir, maxBytes: null });
  const earlier = [
    work("y", "t", { session, agent: "earlier" }),
    tool("c", "y", { session, name: "Bash" }),
  ];
  await recordInto(dir, earlier);
  await holder.close();
  expect(find(dir, { tool: "Bash" })).toMatchObject([{ agent: "earlier", lane: "0" }]);
});

test("a call of a tool that nobody named may be one of any tool", async () => {
  const dir = await journalOf([ended("tool", "c", { session })]);
  expect(asking(dir, (search) => search.sessions({ tool: "Bash" }))).toEqual([session]);
});
