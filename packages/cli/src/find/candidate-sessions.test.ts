import { appendFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { createRecorder, diskJournal, type EventDraft, sessionSummary } from "@spoor/core";
import { manualClock } from "@spoor/testing";
import { arbitrarySession } from "@spoor/testing/arbitraries";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Io } from "../io.ts";
import { type OneSession, sessionBySession } from "../record/session-by-session.ts";
import { noon, temporaryFolder } from "../spoor.fixture.ts";
import { type Asked, candidateSessions } from "./candidate-sessions.ts";

const names = ["a", "b", "c"];
const users = ["ada", "bob"];

/** Three sessions, some of them with a user, in two lanes. */
const arbitraryJournal: fc.Arbitrary<readonly (readonly EventDraft[])[]> = fc
  .tuple(...names.map((session) => arbitrarySession({ session })), fc.array(fc.nat(2)))
  .map((drawn) => {
    const who = drawn.at(-1) as readonly number[];
    const told = drawn.slice(0, -1) as readonly (readonly EventDraft[])[];
    return told.map((drafts, index) => {
      const user = users[who[index] ?? 2];
      return user === undefined ? drafts : [started(names[index] ?? "", user), ...drafts];
    });
  });

const started = (session: string, userId: string): EventDraft => ({
  session,
  source: "api",
  type: "session.started",
  on: null,
  mark: "s",
  framework: "none",
  userId,
});

async function record(dir: string, told: readonly (readonly EventDraft[])[]): Promise<void> {
  const { now: clock } = manualClock(noon);
  const journals = [0, 1].map(() => diskJournal({ dir, clock, segmentBytes: 16_000 }));
  const recorders = journals.map((journal) => createRecorder({ journal, clock, recording: true }));
  for (let place = 0; told.some((drafts) => place < drafts.length); place += 1) {
    for (const [index, drafts] of told.entries()) {
      const draft = drafts[place];
      if (draft) recorders[(index + Math.floor(place / 9)) % 2]?.emit(draft);
    }
  }
  for (const journal of journals) await journal.close();
}

const silent: Io = {
  stdout: { write: () => true },
  stderr: { write: () => true },
  env: {},
  cwd: "/",
  now: () => noon,
  pause: () => Promise.resolve(),
  interruption: () => AbortSignal.abort(),
};

/** What of these sessions matches, how many have no time, and what is complained of on the way. */
async function told(
  { user, tool, since }: Asked,
  sessions: (io: Io) => Iterable<OneSession> | Promise<Iterable<OneSession>>,
): Promise<unknown> {
  let complaints = "";
  const io = { ...silent, stderr: { write: (text: string) => (complaints += text) } };
  const found: unknown[] = [];
  let timeless = 0;
  for (const { view, content } of await sessions(io)) {
    const { started, spans } = view;
    const times = [started?.at?.ms, ...spans.flatMap((span) => [span.startedAt, span.endedAt])];
    const last = Math.max(...times.filter((time) => typeof time === "number"));
    if (tool !== undefined && !spans.some((span) => span.kind === "tool" && span.name === tool))
      continue;
    if (since !== undefined && last === -Infinity) timeless += 1;
    const summary = sessionSummary(view, content);
    if (since !== undefined && last < since) continue;
    if (user === undefined || summary.userId === user) found.push({ view, summary });
  }
  return { found, timeless, complaints };
}

const anything: Asked = { user: undefined, tool: undefined, since: undefined };

async function expectTheSame(dir: string, asked: Asked): Promise<void> {
  const whole = await told(asked, (io) => sessionBySession(dir, io));
  expect(await told(asked, (io) => candidateSessions(dir, asked, io))).toEqual(whole);
}

test("law: with the index the answer is the same as without", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryJournal, fc.nat(), async (stories, chosen) => {
      const dir = temporaryFolder();
      await record(dir, stories);
      const drafts = stories.flat();
      const tools = drafts.flatMap((draft) => (draft.type === "tool.started" ? [draft.name] : []));
      const times = drafts.flatMap(({ at }) => (at ? [at.ms] : []));
      const tool = tools[chosen % Math.max(1, tools.length)] ?? "none";
      const since = times[chosen % Math.max(1, times.length)] ?? noon;
      const asked: readonly Asked[] = [
        { ...anything, tool },
        { ...anything, since },
        { ...anything, user: "ada" },
        { user: "bob", tool, since },
      ];
      await expectTheSame(dir, asked[chosen % asked.length] ?? anything);
    }),
    { numRuns: 15 },
  );
}, 60_000);

test("of the sessions that cannot match, nothing is read", async () => {
  const dir = temporaryFolder();
  await record(dir, [[started("a", "ada")], [started("b", "bob")], [started("c", "bob")]]);
  const found = await candidateSessions(dir, { ...anything, user: "ada" }, silent);
  expect(Array.from(found, ({ view }) => view.id)).toEqual(["a"]);
});

test("lines that cannot be read are counted over the whole journal, whatever was asked", async () => {
  const dir = temporaryFolder();
  await record(dir, [[started("a", "ada")], [started("b", "bob")], [started("c", "bob")]]);
  appendFileSync(join(dir, "lanes/0/segments/0001/entries.ndjson"), "{}\n");
  const asked = { ...anything, user: "ada" };
  await expectTheSame(dir, asked);
  expect(await told(asked, (io) => candidateSessions(dir, asked, io))).toMatchObject({
    complaints: expect.stringContaining("1 line"),
  });
});

test("who asks for nothing that it can answer gets no index", async () => {
  const dir = temporaryFolder();
  await record(dir, [[started("a", "ada")]]);
  await expectTheSame(dir, anything);
  expect(existsSync(join(dir, "index.sqlite"))).toBe(false);
});
