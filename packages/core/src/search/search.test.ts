import { describe, expect, test } from "vitest";
import { amended, ended, model, sessionStarted, tool, turn, work } from "../testing-kit/drafts.ts";
import { temporaryFolder } from "../testing-kit/temporary-folder.ts";
import type { EventDraft } from "../vocabulary/event.ts";
import { asking, find, recordInto } from "./search.fixture.ts";

const at = (ms: number): { readonly at: { readonly ms: number } } => ({ at: { ms } });
const failed = { outcome: { status: "error", errorType: "Timeout" } } as const;

const one: readonly EventDraft[] = [
  sessionStarted({ session: "a", userId: "ada", ...at(1_000) }),
  turn("t", { session: "a", ...at(1_000) }),
  work("w", "t", { session: "a", agent: "reviewer", ...at(1_100) }),
  model("m", "w", { session: "a", requestModel: "big", ...at(1_200) }),
  ended("model", "m", { session: "a", ...at(1_300) }),
  tool("c", "w", { session: "a", name: "Bash", ...at(1_400) }),
  ended("tool", "c", { session: "a", ...failed, ...at(1_500) }),
];
const other: readonly EventDraft[] = [
  turn("t", { session: "b", userId: "bob", ...at(2_000) }),
  tool("c", "t", { session: "b", name: "Bash", ...at(2_100) }),
  ended("tool", "c", { session: "b", ...at(2_200) }),
  tool("d", "t", { session: "b", name: "Read" }),
];

async function journalOf(...stories: readonly (readonly EventDraft[])[]): Promise<string> {
  const dir = temporaryFolder();
  for (const story of stories) await recordInto(dir, story);
  return dir;
}

const said = (hits: ReturnType<typeof find>): readonly string[] =>
  hits.map(({ session, kind, name }) => `${session} ${kind} ${name}`);

const callsAt = (session: string, times: readonly number[]): readonly EventDraft[] => [
  sessionStarted({ session, userId: "ada" }),
  ...times.map((ms) => tool(`c ${ms}`, "t", { session, name: `${ms}`, ...at(ms) })),
];

describe("finding spans", () => {
  test("what was last begun comes first, what has no time last", async () => {
    const dir = await journalOf(one, other);
    expect(said(find(dir))).toEqual([
      "b tool Bash",
      "b turn turn",
      "a tool Bash",
      "a model m",
      "a agent w",
      "a turn turn",
      "b tool Read",
    ]);
    expect(said(find(dir, { order: "oldest", limit: 2 }))).toEqual(["a turn turn", "a agent w"]);
  });

  test("a hit says what is known of the span, where, and in which turn", async () => {
    const dir = await journalOf(one);
    const [hit] = find(dir, { tool: "Bash" });
    const [turnHit] = find(dir, { kind: "turn" });
    expect(hit).toEqual({
      session: "a",
      spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
      turnId: turnHit?.spanId,
      kind: "tool",
      name: "Bash",
      agent: "reviewer",
      model: null,
      status: "error",
      at: 1_400,
      lane: "0",
      position: { segment: 1, offset: expect.any(Number) },
    });
    expect(turnHit?.turnId).toBe(turnHit?.spanId);
  });

  test.each([
    [{ session: "b" }, ["b tool Bash", "b turn turn", "b tool Read"]],
    [{ user: "ada" }, ["a tool Bash", "a model m", "a agent w", "a turn turn"]],
    [{ user: "bob", tool: "Bash" }, ["b tool Bash"]],
    [{ user: "nobody" }, []],
    [{ tool: "Bash" }, ["b tool Bash", "a tool Bash"]],
    [{ tool: "turn" }, []],
    [{ agent: "reviewer" }, ["a tool Bash", "a model m", "a agent w"]],
    [{ model: "big" }, ["a model m"]],
    [{ kind: "agent" }, ["a agent w"]],
    [{ status: "error" }, ["a tool Bash"]],
    [{ status: "ok" }, ["b tool Bash", "a model m"]],
    [{ status: "open", session: "b" }, ["b turn turn", "b tool Read"]],
    [{ since: 1_400, until: 2_100 }, ["b turn turn", "a tool Bash"]],
  ] as const)("%j", async (query, expected) => {
    expect(said(find(await journalOf(one, other), query))).toEqual(expected);
  });

  test("the newest of a user are found across sessions that lie in each other", async () => {
    const dir = await journalOf(
      callsAt("a", [1, 5, 9]),
      callsAt("b", [2, 3, 8]),
      callsAt("c", [4]),
    );
    const names = (query: object): readonly (string | null)[] =>
      find(dir, { user: "ada", ...query }).map(({ name }) => name);
    expect(names({})).toEqual(["9", "8", "5", "4", "3", "2", "1"]);
    expect(names({ order: "oldest" })).toEqual(["1", "2", "3", "4", "5", "8", "9"]);
    expect(names({ limit: 2 })).toEqual(["9", "8"]);
  });

  test("what a turn says of its user is said of what lies in it, and of nothing else", async () => {
    const dir = await journalOf([
      sessionStarted({ session: "a", userId: "ada" }),
      turn("t", { session: "a" }),
      turn("u", { session: "a", userId: "bob" }),
      tool("c", "u", { session: "a", name: "Bash" }),
    ]);
    expect(said(find(dir, { user: "bob" })).toSorted()).toEqual(["a tool Bash", "a turn turn"]);
    expect(find(dir, { user: "ada" })).toHaveLength(1);
  });

  test("two names of one span are one hit, under the id that was recorded first, also when that is told later", async () => {
    const dir = await journalOf([turn("t", { session: "a" })]);
    const [first] = find(dir);
    await recordInto(
      dir,
      [turn("u", { session: "a", source: "hook" }), tool("c", "u", { session: "a", name: "Bash" })],
      { startMs: 5_000 },
    );
    expect(find(dir, { kind: "turn" })).toHaveLength(2);
    await recordInto(
      dir,
      [
        amended("u", "same", { session: "a", source: "hook", alias: "t" }),
        ended("turn", "u", { session: "a", source: "hook" }),
      ],
      { startMs: 6_000 },
    );
    const turns = find(dir, { kind: "turn" });
    expect(turns).toEqual([{ ...first, status: "ok" }]);
    expect(find(dir, { tool: "Bash" })[0]?.turnId).toBe(first?.spanId);
  });

  test("of two witnesses, what was recorded first stands, whichever was indexed first", async () => {
    const dir = await journalOf([tool("c", "t", { session: "a", name: "late" })]);
    find(dir);
    await recordInto(
      dir,
      [
        tool("c", "t", { session: "a", name: "early", source: "hook", agent: "x" }),
        ended("tool", "c", { session: "a", source: "hook", ...failed }),
      ],
      { startMs: 1_500 },
    );
    await recordInto(dir, [ended("tool", "c", { session: "a" })], { startMs: 2_500 });
    expect(find(dir)).toMatchObject([{ name: "late", agent: "x", status: "error" }]);
  });
});

describe("sessions and timelines", () => {
  test("sessions are told that can match", async () => {
    const dir = await journalOf(one, other);
    const sessions = (filter: object): readonly string[] =>
      asking(dir, (search) => search.sessions(filter));
    expect(sessions({})).toEqual(["a", "b"]);
    expect(sessions({ user: "bob" })).toEqual(["b"]);
    expect(sessions({ tool: "Read" })).toEqual(["b"]);
    expect(sessions({ tool: "Bash", since: 2_000 })).toEqual(["b"]);
    expect(sessions({ until: 2_000 })).toEqual(["a"]);
  });

  test("a timeline is a session in the order of time; what has no time stays where it was recorded", async () => {
    const dir = await journalOf(
      [
        turn("t", { session: "a", ...at(1_000) }),
        tool("c", "t", { session: "a", ...at(3_000) }),
        ended("tool", "c", { session: "a" }),
        tool("d", "t", { session: "a", ...at(2_000) }),
      ],
      other,
    );
    const timeline = asking(dir, (search) => search.timeline("a"));
    expect(
      timeline.map(({ event }) => ("key" in event ? `${event.type} ${event.key}` : "")),
    ).toEqual(["turn.started t", "tool.started d", "tool.started c", "tool.ended c"]);
  });
});
