import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { recording, truth } from "../fixtures.ts";
import { drained, FakeQuery } from "./fake-query.fixture.ts";
import { type Heard, heard } from "./heard.fixture.ts";
import { observe } from "./observe.ts";
import { observeOptions } from "./observe-options.ts";

type Batch = readonly [key: object, entries: readonly object[]];

const batches = readFileSync(
  new URL("fixtures/x-session-store.appended.ndjson", import.meta.url),
  "utf8",
)
  .trimEnd()
  .split("\n")
  .map((line): Batch => {
    const { key, entries } = JSON.parse(line) as {
      readonly key: object;
      readonly entries: object[];
    };
    return [key, entries];
  });

/** A store as an application may have one. */
class OwnStore {
  readonly kept: Batch[] = [];
  readonly #name = "own";

  async append(...batch: Batch): Promise<string> {
    this.kept.push(batch);
    return this.#name;
  }

  async load(): Promise<null> {
    return null;
  }
}

interface Lenient {
  append(key: unknown, entries: unknown): unknown;
}

const storeIn = (parameters: object): OwnStore | undefined =>
  (parameters as { readonly options: { readonly sessionStore?: OwnStore } }).options.sessionStore;

/** Of all calls: what was used, and how many are final. */
async function counted({ sessions }: Heard): Promise<object> {
  const spans = (await sessions()).flatMap((session) => session.spans);
  const calls = spans.filter(({ kind }) => kind === "model");
  return {
    turns: spans.filter(({ kind }) => kind === "turn").length,
    agents: spans.filter(({ kind }) => kind === "agent").length,
    calls: calls.length,
    final: calls.filter(({ usageFinal }) => usageFinal).length,
    output: calls.reduce((sum, { usage }) => sum + (usage?.output ?? 0), 0),
    hidden: spans.reduce((sum, { unattributed }) => sum + (unattributed?.output ?? 0), 0),
  };
}

const answers = truth("x-session-store");
const whole = {
  turns: 1,
  agents: 1,
  calls: answers.length,
  final: answers.length,
  output: answers.reduce((sum, { usage }) => sum + usage.output_tokens, 0),
  hidden: 0,
};

describe("what is appended to a session store", () => {
  test.each([0, 3, 7, 99])(
    "and what the stream says are one tree with final usage, heard after %i messages",
    async (before) => {
      const listening = heard();
      const parameters = observeOptions({ prompt: "" }, listening.observer, { transcript: true });
      const query = observe(new FakeQuery(recording("x-session-store")), listening.observer);
      for (let message = 0; message < before; message += 1) await query.next();
      for (const batch of batches) await storeIn(parameters)?.append(...batch);
      await drained(query);
      expect(await counted(listening)).toEqual(whole);
    },
  );

  test("reaches the application's own store as it is, and its answer comes back", async () => {
    const { observer, events } = heard();
    const own = new OwnStore();
    const parameters = observeOptions({ prompt: "", options: { sessionStore: own } }, observer, {
      transcript: true,
    });
    const [batch] = batches;
    expect(storeIn(parameters)).toBeInstanceOf(OwnStore);
    if (batch) expect(await storeIn(parameters)?.append(...batch)).toBe("own");
    expect(own.kept[0]?.[1]).toBe(batch?.[1]);
    expect((await events()).length).toBeGreaterThan(0);
  });

  test("is left alone where nobody asked for it", () => {
    const { observer } = heard();
    const own = new OwnStore();
    expect(storeIn(observeOptions({ prompt: "" }, observer))).toBeUndefined();
    const options = { sessionStore: own };
    expect(storeIn(observeOptions({ prompt: "", options }, observer))).toBe(own);
  });

  test.each([{ resume: "s" }, { continue: true }, { persistSession: false }])(
    "is not asked for with %j, where the SDK would look there for more",
    (options) => {
      const parameters = { prompt: "", options };
      expect(
        storeIn(observeOptions(parameters, heard().observer, { transcript: true })),
      ).toBeUndefined();
    },
  );

  test("may be anything", async () => {
    const { observer } = heard();
    const parameters = observeOptions({ prompt: "" }, observer, { transcript: true });
    const store = storeIn(parameters) as unknown as Lenient;
    for (const strange of [null, 7, [null], [{ type: 7 }], [{ type: "user" }]])
      await store.append(strange, strange);
    expect(observer.health().recorder.refused).toBe(0);
  });
});
