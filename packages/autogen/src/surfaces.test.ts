import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { linesOf, runsWith, shapeOf, toldBy, truthOf } from "./surfaces.fixture.ts";

/** In these nobody can count everything: a stream without usage, and a call that was cancelled after the server had answered it. */
const uncountable: ReadonlySet<string> = new Set(["o-v0_6_1-team", "t08b-cancel-mid-team"]);

/** Messages leave out who chose the speakers, the orchestrator, and whoever wrote a program; and they repeat what a replay counts. */
const leftOutByMessages: ReadonlySet<string> = new Set([
  ...uncountable,
  "t03-selector",
  "t03b-selector-invalid-name-retry",
  "t05-magentic",
  "a33-replay-client",
]);

describe.each(runsWith("events"))("the log of %s", (run) => {
  test("tells every token that the server counted, or says that it does not", () => {
    const { tokens, complete } = toldBy(linesOf(run, "events"));
    expect(complete).toBe(!uncountable.has(run));
    if (complete) expect(tokens).toEqual(truthOf(run));
  });
});

describe.each(runsWith("events", "messages"))("log and messages of %s", (run) => {
  const [log, messages] = [linesOf(run, "events"), linesOf(run, "messages")];
  const joined = toldBy(log, messages);

  test("are one tree, which is the reviewed one", async () => {
    await expect(joined.trees).toMatchFileSnapshot(
      join(import.meta.dirname, "fixtures/surfaces", `${run}.tree.txt`),
    );
  });

  test("count every call once", () => {
    expect(joined.complete).toBe(!uncountable.has(run));
    expect(joined.tokens).toEqual(uncountable.has(run) ? toldBy(log).tokens : truthOf(run));
    expect(joined.sessions.map(({ id }) => id)).toEqual(toldBy(log).sessions.map(({ id }) => id));
  });

  test("fold to the same spans whichever is read first", () => {
    expect(shapeOf(toldBy(messages, log))).toEqual(shapeOf(joined));
  });

  test("add nothing when they are read again", () => {
    expect(toldBy(log, messages, messages, log).events).toBe(joined.events);
  });

  test("cut anywhere and then read whole, amount to the same", () => {
    const [half, third] = [Math.floor(log.length / 2), Math.floor(messages.length / 3)];
    const again = toldBy(log.slice(0, half), messages.slice(0, third), log, messages);
    expect(shapeOf(again)).toEqual(shapeOf(joined));
  });

  test("the messages alone never claim to be complete, and lack no call that they tell of", () => {
    const alone = toldBy(messages);
    expect(alone.complete).toBe(false);
    if (!leftOutByMessages.has(run)) expect(alone.tokens).toEqual(truthOf(run));
  });
});
