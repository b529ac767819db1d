import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { journalReader } from "../journal/disk/journal-reader.ts";
import { createRunTree } from "../run-tree/run-tree.ts";
import type { Span } from "../run-tree/span.ts";
import { parseEventLine } from "../schema/parse.ts";
import { observe } from "../testing-kit/observed.ts";
import { eventExporter, scripted, spanExporter } from "../testing-kit/scripted-exporter.ts";
import { tickingClock } from "../testing-kit/recording.ts";
import type { AgentEvent, MarkEvent } from "../vocabulary/event.ts";
import { createObserver } from "./observer.ts";
import type { Scope } from "./scope.ts";

const marksOf = (span: Span | undefined): readonly MarkEvent["type"][] =>
  span?.marks.map((mark) => mark.type as MarkEvent["type"]) ?? [];

const amount = (input: number | null, output: number | null) => ({
  input,
  cacheRead: null,
  cacheWrite: null,
  output,
  reasoning: null,
});

describe("scopes", () => {
  test("nest as they are opened, whoever is active", async () => {
    const { session, spans } = observe();
    await session.turn({ name: "turn" }, async (turn) => {
      const agent = turn.agent("researcher");
      await Promise.all([
        agent.model("large", {}, () => Promise.resolve("one")),
        turn.work("step", "other", {}, () => Promise.resolve("two")),
      ]);
      const model = agent.model("small", { causedBy: agent, attempt: 2 });
      model.tool("search", { toolCallId: "call 1" }).end();
      model.end();
      agent.end();
    });
    const all = await spans();
    const idOf = (name: string): string | undefined => all[name]?.spanId;
    expect(all).toMatchObject({
      turn: { parentSpanId: null, kind: "turn" },
      researcher: { parentSpanId: idOf("turn"), kind: "agent", agent: "researcher" },
      large: { parentSpanId: idOf("researcher"), agent: "researcher", requestModel: "large" },
      other: { parentSpanId: idOf("turn"), kind: "step", agent: null },
      small: { parentSpanId: idOf("researcher"), causedBy: idOf("researcher"), attempt: 2 },
      search: { parentSpanId: idOf("small"), toolCallId: "call 1" },
    });
    expect(new Set(Object.values(all).map(({ traceId }) => traceId)).size).toBe(1);
  });

  test("have a context at once: what is in it is what is delivered", async () => {
    const { session, spans } = observe();
    const contexts = new Map<string, Scope["context"]>();
    session.turn({ name: "turn" }, (turn) => {
      contexts.set("turn", turn.context);
      turn.tool("tool", {}, (tool) => contexts.set("tool", tool.context));
    });
    for (const [name, { traceId, spanId }] of Object.entries(await spans()))
      expect(contexts.get(name)).toEqual({ traceId, spanId });
  });

  test("take what a call used, the best of it, and what is known of its answer", async () => {
    const { session, spans } = observe();
    session.turn({}, (turn) => {
      const prompt = { name: "plan a trip", version: 3 };
      turn.model(
        "final",
        { provider: "p", operation: "chat", prompt, parameters: { temperature: 0 } },
        (call) => {
          call.usage(amount(1, 1), { final: false });
          call.usage(amount(10, null));
          call.usage(amount(1, 5), { final: false });
          call.answered({ model: "final-2026", finishReason: "stop" });
          call.answered({ responseId: "r1" });
        },
      );
      turn.model("snapshots", {}, (call) => {
        call.usage(amount(3, 1), { final: false });
        call.usage(amount(2, 4), { final: false });
      });
      turn.model("nothing", {}, () => {});
    });
    expect(await spans()).toMatchObject({
      final: {
        usage: amount(10, 5),
        usageFinal: true,
        model: "final-2026",
        finishReason: "stop",
        responseId: "r1",
        provider: "p",
        operation: "chat",
        promptName: "plan a trip",
        promptVersion: "3",
        parameters: expect.any(String),
      },
      snapshots: { usage: amount(3, 4), usageFinal: false },
      nothing: { usage: null, usageFinal: false, model: null },
    });
  });

  test("take notes, each of them", async () => {
    const { session, spans } = observe();
    session.turn({ name: "turn" }, (turn) => {
      turn.note("message.sent", { role: "user", content: "hello" });
      turn.note("message.sent", { role: "user", content: "hello" });
      turn.note("score.given", { name: "helpful", value: 1 });
      turn.note("handoff.made", { to: "other" });
    });
    expect(marksOf((await spans())["turn"])).toEqual([
      "message.sent",
      "message.sent",
      "score.given",
      "handoff.made",
    ]);
  });

  test("of a session without an id lie in one that says that it is inferred", async () => {
    const { observer, spans } = observe();
    const session = observer.session();
    session.turn({ name: "turn" }, () => {});
    const { turn } = await spans();
    expect(turn).toMatchObject({ session: session.id });
    expect(session.id).not.toBe(observer.session().id);
  });

  test("carry the labels of config, session and user", async () => {
    const { observer, spans } = observe({ labels: { environment: "test", release: "1" } });
    const session = observer.session({ id: "thread 2", userId: "ada", release: "2", tags: ["a"] });
    session.turn({ name: "turn" }, () => {});
    expect((await spans())["turn"]?.labels).toMatchObject({
      environment: "test",
      release: "2",
      tags: ["a"],
      userId: expect.any(String),
    });
  });
});

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

describe("the active scope", () => {
  test("is the innermost whose body runs, across awaits and beside others", async () => {
    const { observer, session } = observe();
    expect(observer.active()).toBeNull();
    await Promise.all(
      ["a", "b"].map((key) =>
        session.turn({ key }, async (turn) => {
          await pause();
          expect(observer.active()?.key).toBe(key);
          await turn.tool("tool", { key: `tool of ${key}` }, async () => {
            await pause();
            expect(observer.active()?.key).toBe(`tool of ${key}`);
          });
          expect(observer.active()?.key).toBe(key);
        }),
      ),
    );
    expect.assertions(8);
    expect(observer.active()).toBeNull();
  });

  test("is each observer's own: two in one process do not see each other", async () => {
    const [one, two] = [observe(), observe()];
    one.session.turn({ name: "of one", key: "1" }, () => {
      expect(two.observer.active()).toBeNull();
      two.session.turn({ name: "of two", key: "2" }, () => {
        expect(one.observer.active()?.key).toBe("1");
        expect(two.observer.active()?.key).toBe("2");
      });
    });
    expect(Object.keys(await one.spans())).toEqual(["of one"]);
    expect(Object.keys(await two.spans())).toEqual(["of two"]);
    expect((await two.spans())["of two"]).toMatchObject({ parentSpanId: null });
  });
});

function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), "spoor-observer-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

function eventsIn(dir: string): readonly AgentEvent[] {
  return Array.from(journalReader(dir).entries(), ({ line }) => {
    const parsed = parseEventLine(line);
    if (!parsed.ok) throw new Error(line);
    return parsed.event;
  });
}

describe("an interrupt", () => {
  test.each([
    ["by its name, in another lane while the first observer runs on", "approval", false],
    ["as the latest, after the first observer has closed", true, true],
  ] as const)("is resumed %s", async (_, resumes, closes) => {
    const dir = temporaryFolder();
    const clock = tickingClock();
    const first = observe({ journal: { dir }, clock });
    const suspended = first.session.turn({ key: "question" });
    suspended.interrupt("approval", { amount: 100 });
    suspended.suspend();
    if (closes) await first.observer.close();

    let keys = 100;
    const second = observe({ journal: { dir }, clock, newKey: () => `key ${(keys += 1)}` });
    const again = second.session.turn({ key: "answer", resumes });
    again.note("interrupt.resolved", { wait: "approval", answer: "yes" });
    again.end("done");
    expect(again.context?.traceId).toBe(suspended.context?.traceId);
    await second.observer.close();
    await first.observer.close();

    const tree = createRunTree();
    for (const event of eventsIn(dir)) tree.apply(event);
    expect(tree.session("thread 1")?.spans).toMatchObject([
      { key: "question", status: "suspended", parentSpanId: null },
      {
        key: "answer",
        status: "ok",
        continuation: null,
        parentSpanId: suspended.context?.spanId,
        turnSpanId: suspended.context?.spanId,
        traceId: suspended.context?.traceId,
      },
    ]);
  });

  test("that was resumed is not waiting any more, for any observer", () => {
    const dir = temporaryFolder();
    const [one, two] = [observe({ journal: { dir } }), observe({ journal: { dir } })];
    const turn = one.session.turn();
    turn.interrupt("approval");
    turn.suspend();
    const [won, lost] = [two, one].map(({ session }) =>
      session.turn({ key: crypto.randomUUID(), resumes: "approval" }),
    );
    expect(won?.context?.traceId).toBe(turn.context?.traceId);
    expect(lost?.context).toBeNull();
  });
});

describe("closing", () => {
  test("delivers what has ended, and what comes later is lost and counted, without a throw", async () => {
    const { observer, session, spans } = observe();
    session.turn({ name: "before" }, () => {});
    await observer.close();
    await observer.close();
    session.turn({ name: "after" }, (turn) => turn.note("handoff.made", { to: "nobody" }));
    expect(Object.keys(await spans())).toEqual(["before"]);
    expect(observer.health()).toMatchObject({
      journal: { lost: 3 },
      exporters: { spans: { accepted: 1, delivered: 1, pending: 0 } },
    });
  });

  test("needs no exporter", async () => {
    const { observer, session } = observe({ exporters: [] });
    session.turn({}, () => {});
    expect(await observer.flush()).toEqual({});
    expect(observer.health()).toMatchObject({ recorder: { recorded: 3, refused: 0 } });
    await observer.close();
  });
});

describe("what belongs to a session or an agent", () => {
  test("is said with each turn, so that what is new about a known session counts from now on", async () => {
    const { observer, spans } = observe({ labels: { release: "1" } });
    observer.session({ id: "thread 1" }).turn({ name: "before" }).end();
    const told = { id: "thread 1", userId: "ada", feature: "search" };
    observer
      .session(told)
      .turn({ name: "after", tags: ["mine"] })
      .end();
    const { before, after } = await spans();
    expect(before?.labels).toMatchObject({ userId: null, feature: null, release: "1" });
    expect(after?.labels).toMatchObject({ feature: "search", release: "1", tags: ["mine"] });
    expect(after?.labels.userId).not.toBeNull();
  });

  test("is the same for all that happens inside, so that each agent's contexts build on its own", async () => {
    const script = scripted<AgentEvent>(() => "takes");
    const { observer, session } = observe({ exporters: [eventExporter("events", script)] });
    const turn = session.turn();
    const messages = Array.from({ length: 4 }, (_, index) => ({ content: `message ${index}` }));
    for (const length of [2, 3, 4])
      for (const agent of ["one", "other"])
        turn.agent(agent).model("m", { context: { messages: messages.slice(0, length) } });
    await observer.flush();
    const calls = script.taken.filter((event) => event.type === "model.started");
    expect(calls.map(({ agent }) => agent)).toEqual([
      "one",
      "other",
      "one",
      "other",
      "one",
      "other",
    ]);
    const [one, other, ...later] = calls;
    expect([one, other].map((call) => call?.context?.from)).toEqual([null, null]);
    expect(later.map(({ context }) => context?.keep)).toEqual([2, 2, 3, 3]);
  });
});

describe("a body", () => {
  test("needs no options before it", async () => {
    const { session, spans } = observe();
    const found = session.turn((turn) => turn.tool("search", () => 42));
    expect(found).toBe(42);
    expect(await spans()).toMatchObject({ search: { status: "ok" }, turn: { status: "ok" } });
  });

  test("that returns a stream has not ended with that", async () => {
    const { session, spans } = observe();
    const turn = session.turn({ name: "turn" });
    let call: Scope | undefined;
    const stream = turn.model("m", (scope) => {
      call = scope;
      return (async function* () {
        yield "hello";
      })();
    });
    for await (const part of stream) expect(part).toBe("hello");
    expect(await spans()).toEqual({});
    call?.end("hello");
    turn.end();
    expect(await spans()).toMatchObject({ m: { status: "ok" } });
  });
});

test("two exporters of one name are refused: they would share a cursor", () => {
  const exporter = spanExporter(
    "same",
    scripted(() => "takes"),
  );
  const config = { journal: "memory", exporters: [exporter, exporter] } as const;
  expect(() => createObserver(config)).toThrow("is named same too");
});

async function tracesOfTwoTurns(tracePer: "turn" | "session"): Promise<number> {
  const { session, spans } = observe({ tracePer });
  session.turn({ name: "first" }, () => {});
  session.turn({ name: "second" }, () => {});
  return new Set(Object.values(await spans()).map(({ traceId }) => traceId)).size;
}

test("one trace is a turn, or a whole session where the config says so", async () => {
  expect(await tracesOfTwoTurns("turn")).toBe(2);
  expect(await tracesOfTwoTurns("session")).toBe(1);
});
