import type { Span } from "@spoor/core";
import { countingIds } from "@spoor/testing";
import { describe, expect, test } from "vitest";
import { type Listening, listening, ofType, spansOf } from "../envelopes/listening.fixture.ts";
import { type ActorRuntime, createActorRuntime, type RuntimeOptions } from "./actor-runtime.ts";

function runtime(options: RuntimeOptions = {}): Listening & { readonly actors: ActorRuntime } {
  const { observer, drafts } = listening();
  const actors = createActorRuntime(observer, { newId: countingIds("message"), ...options });
  return { observer, drafts, actors };
}

const named = (spans: readonly Span[], name: string): Span | undefined =>
  spans.find((span) => span.name === name && span.kind === "agent");

test("an answer comes back to who asked, and is the turn's output", async () => {
  const { actors, drafts } = runtime();
  actors.spawn("adder", (payload) => (payload as number) + 1);
  await expect(actors.request("adder", 41)).resolves.toBe(42);
  await actors.idle();
  expect(ofType(drafts, "message.received")).toMatchObject([
    { role: "request", content: 41 },
    { role: "response", content: 42, native: { sender: "adder", correlationId: "message 1" } },
  ]);
  expect(ofType(drafts, "turn.ended")).toMatchObject([{ outcome: { status: "ok" }, output: 42 }]);
  expect(spansOf(drafts).map(({ name, status }) => [name, status])).toEqual([
    ["adder", "ok"],
    ["adder", "ok"],
  ]);
});

test("work that actors ask of each other lies flat in the turn, caused by who asked", async () => {
  const { actors, drafts } = runtime();
  actors.spawn("planner", async (payload) => actors.request("worker", `do ${String(payload)}`));
  actors.spawn("worker", () => actors.publish("done", "it"));
  actors.spawn("reviewer", () => {}, { topics: ["done"] });
  await actors.request("planner", "it", { messageType: "Task" });
  await actors.idle();
  const spans = spansOf(drafts);
  const turn = spans.find(({ kind }) => kind === "turn");
  const causes = ["planner", "worker", "reviewer"].map((name) => named(spans, name));
  expect(causes.map((span) => span?.parentSpanId)).toEqual(Array(3).fill(turn?.spanId));
  expect(causes.map((span) => span?.causedBy)).toEqual([
    turn?.spanId,
    causes[0]?.spanId,
    causes[1]?.spanId,
  ]);
});

test("an actor handles one message at a time, in the order they came", async () => {
  const { actors } = runtime();
  const seen: string[] = [];
  actors.spawn("slow", async (payload) => {
    seen.push(`${String(payload)} begins`);
    await Promise.resolve();
    seen.push(`${String(payload)} ends`);
  });
  actors.send("slow", 1);
  actors.send("slow", 2);
  await actors.idle();
  expect(seen).toEqual(["1 begins", "1 ends", "2 begins", "2 ends"]);
});

describe("a handler that throws", () => {
  test("fails the one who asked with the very same error", async () => {
    const { actors, drafts } = runtime();
    const error = new RangeError("too far");
    actors.spawn("broken", () => {
      throw error;
    });
    await expect(actors.request("broken", 1)).rejects.toBe(error);
    const failed = { status: "error", errorType: "RangeError" };
    expect(ofType(drafts, "work.ended")).toMatchObject([{ outcome: failed, detail: "too far" }]);
    expect(ofType(drafts, "turn.ended")).toMatchObject([{ outcome: failed }]);
  });

  test("is heard where nobody waits, and the next message is handled", async () => {
    const heard: unknown[] = [];
    const { actors, drafts } = runtime({
      onError: (error) => {
        heard.push(error);
        throw new Error("of the listener");
      },
    });
    actors.spawn("broken", (payload) => {
      if (payload === 1) throw "a text";
    });
    actors.send("broken", 1);
    actors.send("broken", 2);
    await actors.idle();
    expect(heard).toEqual(["a text"]);
    expect(ofType(drafts, "work.ended").map(({ outcome }) => outcome.status)).toEqual([
      "error",
      "ok",
    ]);
  });
});

test("a message for nobody is dropped, and who asked is told what to do", async () => {
  const { actors, drafts } = runtime();
  actors.spawn("gone", () => {});
  actors.stop("gone");
  actors.send("gone", 1);
  actors.publish("nothing", 2);
  await expect(actors.request("gone", 3)).rejects.toThrow("there is no actor named gone: spawn it");
  const dropped = ofType(drafts, "message.unhandled").filter(({ fate }) => fate === "dropped");
  expect(dropped.map(({ on }) => on)).toEqual([1, 2, 3].map((at) => `message:message ${at}`));
});

test("two actors cannot have one name", () => {
  const { actors } = runtime();
  actors.spawn("one", () => {});
  expect(() => actors.spawn("one", () => {})).toThrow("stop it first");
});

test("a message that is published does not come back to its sender", async () => {
  const { actors } = runtime();
  let handled = 0;
  actors.spawn(
    "echo",
    () => {
      handled += 1;
      actors.publish("all", "again");
    },
    { topics: ["all"] },
  );
  actors.publish("all", "first");
  await actors.idle();
  expect(handled).toBe(1);
});
