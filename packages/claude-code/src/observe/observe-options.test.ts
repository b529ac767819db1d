import { readdirSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import { recording } from "../fixtures.ts";
import { drained, FakeQuery } from "./fake-query.fixture.ts";
import { type Heard, heard, shapesOf } from "./heard.fixture.ts";
import { observe } from "./observe.ts";
import { observeOptions } from "./observe-options.ts";

type Callback = (input: unknown, toolUseID?: string) => Promise<unknown>;
interface Matcher {
  readonly matcher?: string;
  readonly hooks: readonly Callback[];
}
type Hooks = Readonly<Record<string, readonly Matcher[]>>;

/** As `query` does: reads what it is called with. */
const called = <Parameters extends object>(parameters: Parameters): Parameters => {
  hooksIn(parameters);
  return parameters;
};

const hooksIn = (parameters: object): Hooks =>
  (parameters as { readonly options: { readonly hooks: Hooks } }).options.hooks;

describe("what query is called with", () => {
  test("is of the same type, and holds what the application said", () => {
    const options = { model: "sonnet", env: { A: "1" }, abortController: new AbortController() };
    const parameters = { prompt: "hello", options };
    const observed = observeOptions(parameters, heard().observer);
    expectTypeOf(observed).toEqualTypeOf(parameters);
    expect(observed.prompt).toBe("hello");
    expect(observed.options).toMatchObject({ model: "sonnet" });
    expect(observed.options.abortController).toBe(options.abortController);
    expect(observed.options.env).toBe(options.env);
    expect(Object.keys(options)).toEqual(["model", "env", "abortController"]);
  });

  test("has the application's hooks first, as they are, and ours behind them", () => {
    const matcher = { matcher: "Bash", hooks: [async () => ({ decision: "block" })], timeout: 60 };
    const strange = { hooks: [] };
    const hooks = { PreToolUse: [matcher], Setup: [strange] };
    const observed = hooksIn(observeOptions({ prompt: "", options: { hooks } }, heard().observer));
    expect(observed["PreToolUse"]?.[0]).toBe(matcher);
    expect(observed["PreToolUse"]).toHaveLength(2);
    expect(observed["PreToolUse"]?.[1]).not.toHaveProperty("matcher");
    expect(observed["Setup"]).toEqual([strange]);
    expect(hooks.PreToolUse).toEqual([matcher]);
  });

  test("has no hook that changes what the program does, or slows it with each piece of text", () => {
    const observed = hooksIn(observeOptions({ prompt: "" }, heard().observer));
    for (const event of ["WorktreeCreate", "MessageDisplay", "Elicitation"])
      expect(observed).not.toHaveProperty(event);
  });

  test("hooks of ours answer nothing, whatever they are told", async () => {
    const { observer } = heard();
    const observed = hooksIn(observeOptions({ prompt: "" }, observer));
    const [ours] = observed["Stop"] ?? [];
    for (const input of [null, 7, {}, { hook_event_name: "Stop" }, new Proxy({}, hostile)])
      expect(await ours?.hooks[0]?.(input)).toEqual({});
    expect(observer.health().recorder.refused).toBe(4);
  });

  test("is made once, also where it is made twice", () => {
    const { observer } = heard();
    const once = observeOptions({ prompt: "" }, observer);
    expect(observeOptions(once, observer)).toBe(once);
    const copies = [{ ...once }, { prompt: "else", options: { hooks: hooksIn(once), model: "m" } }];
    for (const copy of copies) expect(observeOptions(copy, observer)).toBe(copy);
    const other = hooksIn(observeOptions({ ...once }, heard().observer));
    expect(other["Stop"]).toHaveLength(2);
  });
});

describe("prompts that come one by one", () => {
  test("are asked for when the SDK asks, and not before", async () => {
    const asked: string[] = [];
    async function* prompts(): AsyncGenerator<object, void> {
      try {
        asked.push("first");
        yield { type: "user", message: { role: "user", content: "one" } };
        asked.push("second");
        yield { type: "user", message: { role: "user", content: "two" } };
      } finally {
        asked.push("left");
      }
    }
    const { prompt } = observeOptions({ prompt: prompts() }, heard().observer);
    expect(asked).toEqual([]);
    for await (const message of prompt) if (message) break;
    expect(asked).toEqual(["first", "left"]);
  });

  test("fail as they failed", async () => {
    const failure = new Error("no more");
    const prompt = new FakeQuery([{ type: "user" }], failure);
    const observed = observeOptions({ prompt }, heard().observer);
    await expect(drained(observed.prompt)).rejects.toBe(failure);
  });
});

const turnInput = async ({ sessions }: Heard): Promise<unknown> =>
  (await sessions())[0]?.spans.flatMap(({ kind, input }) =>
    kind === "turn" ? [typeof input] : [],
  );

/** A turn of a version that does not say which command it has run. */
const untold = recording("u-local-command")
  .slice(-3)
  .map(({ local_command_run: _told, ...message }) => message);

async function* twoPrompts(): AsyncGenerator<object, void> {
  for (const content of ["/usage", "then this"])
    yield { type: "user", message: { role: "user", content } };
}

describe("a prompt that no hook tells of", () => {
  test("is the input of the turn, where it is the only one", async () => {
    const one = heard();
    called(observeOptions({ prompt: "what now?" }, one.observer));
    await drained(observe(new FakeQuery(untold), one.observer));
    expect(await turnInput(one)).toEqual(["string"]);
  });

  test("is told from those that a hook has told of by its words", async () => {
    const one = heard();
    const parameters = observeOptions({ prompt: twoPrompts() }, one.observer);
    await drained(parameters.prompt);
    const about = { hook_event_name: "UserPromptSubmit", session_id: untold[0]?.session_id };
    const [ours] = hooksIn(parameters)["UserPromptSubmit"] ?? [];
    await ours?.hooks[0]?.({ ...about, prompt_id: "p", prompt: "then this" });
    await drained(observe(new FakeQuery(untold), one.observer));
    const [session] = await one.sessions();
    const turns = session?.spans.filter(({ status }) => status === "ok") ?? [];
    expect(turns.map(({ input }) => one.valueOf(input))).toEqual(["/usage"]);
  });

  test("is not that of a query which was called otherwise", async () => {
    const another = heard();
    observeOptions({ prompt: "later" }, another.observer);
    await drained(observe(new FakeQuery(untold), another.observer));
    const [session] = await another.sessions();
    expect(session?.spans.map(({ input }) => another.valueOf(input))).toEqual([null]);
  });

  test("may be replaced with its options before the call", () => {
    const parameters: { readonly prompt: string; options?: object } = { prompt: "" };
    const observed = observeOptions(parameters, heard().observer);
    const options = { model: "other" };
    observed.options = options;
    expect(observed.options).toBe(options);
  });

  test("is left out, where it is not known whose it is", async () => {
    const two = heard();
    called(observeOptions({ prompt: "what now?" }, two.observer));
    called(observeOptions({ prompt: "and now?" }, two.observer));
    await drained(observe(new FakeQuery(recording("h2-max-budget")), two.observer));
    expect((await turnInput(two)) as readonly string[]).not.toContain("string");
  });
});

const folder = new URL("../hooks/fixtures/", import.meta.url);
const recorded = readdirSync(folder)
  .filter((file) => /^[^.]+\.native\.ndjson$/.test(file))
  .map((file) => file.replace(".native.ndjson", ""));

/** What happened in a recording, in an order in which it may have reached the application. */
async function played(
  scenario: string,
  order: readonly boolean[],
  { both = true, withOthers = false } = {},
): Promise<Heard> {
  const listening = heard();
  const { observer } = listening;
  if (withOthers) called(observeOptions({ prompt: "" }, observer));
  const parameters = called(observeOptions({ prompt: "" }, observer));
  const query = observe(queryOf(scenario), both ? observer : heard().observer);
  const hooks = readFileSync(new URL(`${scenario}.native.ndjson`, folder), "utf8")
    .trimEnd()
    .split("\n")
    .map((line): { readonly input: object; readonly toolUseID: string } => JSON.parse(line));
  const callHook = async (): Promise<void> => {
    const hook = hooks.shift();
    const name = (hook?.input as { readonly hook_event_name?: string })?.hook_event_name ?? "";
    const ours = hooksIn(parameters)[name]?.[0]?.hooks[0];
    await ours?.(hook?.input, hook?.toolUseID);
  };
  const takeMessage = async (): Promise<void> => void (await query.next().catch(() => {}));
  for (const isHook of order) await (isHook ? callHook() : takeMessage());
  while (hooks.length > 0) await callHook();
  await drained(query).catch(() => {});
  return listening;
}

const orders: readonly (readonly boolean[])[] = [
  [],
  ...fc.sample(fc.array(fc.boolean(), { minLength: 40, maxLength: 60 }), { numRuns: 8, seed: 7 }),
  Array.from({ length: 60 }, () => false),
];

/** As the SDK would give it. */
function queryOf(scenario: string): FakeQuery {
  const lines = recording(scenario);
  const thrown = lines.find(({ type }) => type === "thrown");
  return new FakeQuery(
    lines.filter((line) => line !== thrown),
    thrown,
  );
}

/** What the stream says by itself. */
async function streamOf(scenario: string): Promise<readonly unknown[]> {
  const alone = heard();
  await drained(observe(queryOf(scenario), alone.observer)).catch(() => {});
  return shapesOf(alone);
}

/** Told by their hooks in other words (an error), or in a way that only the order of time could join (a compaction, an interrupted turn). */
const toldApart = /^(?:g[235]|k[24]|l)-/;

describe("hooks beside the stream", () => {
  test.each(recorded)(
    "%s is the same session, in whatever order they are heard",
    async (scenario) => {
      const expected = await streamOf(scenario);
      for (const order of orders)
        expect(await shapesOf(await played(scenario, order))).toEqual(expected);
    },
  );

  test.each(recorded.filter((scenario) => !toldApart.test(scenario)))(
    "%s is the same session, also where nothing tells beforehand that they belong together",
    async (scenario) => {
      const expected = await streamOf(scenario);
      for (const order of orders)
        expect(await shapesOf(await played(scenario, order, { withOthers: true }))).toEqual(
          expected,
        );
    },
  );

  test("tell what each turn was asked, also where the application lags behind", async () => {
    for (const order of [[], Array.from({ length: 60 }, (_, index) => index % 3 === 0)]) {
      const { sessions } = await played("k-multi-turn", order);
      const [session] = await sessions();
      const turns = session?.spans.filter(({ kind }) => kind === "turn") ?? [];
      expect(turns.map(({ input }) => typeof input)).toEqual(["string", "string", "string"]);
      expect(new Set(turns.map(({ input }) => input)).size).toBe(3);
    }
  });

  test("tell it as soon as the model speaks, also where nobody sees the turn end well", async () => {
    const firstTurn = [true, ...Array.from({ length: 4 }, () => false)];
    const { sessions } = await played("k2-interrupt", firstTurn);
    const [session] = await sessions();
    const turns = session?.spans.filter(({ kind }) => kind === "turn") ?? [];
    expect(turns.map(({ status, input }) => [status, typeof input])).toEqual([
      ["cancelled", "string"],
      ["ok", "string"],
    ]);
  });

  test("alone they are a session of their own", async () => {
    const { sessions } = await played("b-tool-loop", [], { both: false });
    const [session] = await sessions();
    expect(session?.spans.map(({ kind, status }) => `${kind} ${status}`)).toEqual([
      "turn ok",
      "tool ok",
      "tool ok",
      "tool ok",
    ]);
  });
});

const hostile: ProxyHandler<object> = {
  get: () => {
    throw new Error("not for you");
  },
  getOwnPropertyDescriptor: () => {
    throw new Error("not for you");
  },
};
