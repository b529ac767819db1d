import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createContent } from "../content/content.ts";
import { endOf, failureOf, graphRun, modelRun, nodeRun } from "../example-runs.ts";
import type { ModelStarted } from "../native.ts";
import { ended, failed } from "./end.ts";
import { Runs } from "./runs.ts";
import { started } from "./start.ts";

const limits = { open: 8, ended: 5 };

describe("memory", () => {
  test("stays bounded whatever never ends, and however long a turn goes on", () => {
    const root = fc.nat(200).map((id) => graphRun(`g${id}`, { metadata: {} }));
    const node = fc.tuple(fc.nat(200), fc.nat(200)).map(([id, of]) => nodeRun(`n${id}`, `g${of}`));
    const model = fc
      .tuple(fc.nat(200), fc.nat(200))
      .map(([id, of]) => modelRun(`m${id}`, { parentRunId: `n${of}` }));
    const end = fc
      .tuple(fc.constantFrom("g", "n", "m"), fc.nat(200))
      .map(([kind, id]) => endOf(`${kind}${id}`));
    fc.assert(
      fc.property(fc.array(fc.oneof(root, node, model, end), { maxLength: 120 }), (callbacks) => {
        const runs = new Runs(limits);
        const content = createContent();
        for (const native of callbacks) {
          if (native.kind === "run.ended") ended(native, runs, content);
          else started(native, runs, content, undefined);
          expect(runs.size).toBeLessThanOrEqual(limits.open + limits.ended);
        }
      }),
    );
  });

  test("keeps what is new, and forgets what never ended first", () => {
    const runs = new Runs(limits);
    const content = createContent();
    for (let index = 0; index < 100; index += 1)
      started(graphRun(`g${index}`, { metadata: {} }), runs, content, undefined);
    expect(runs.find("g91")).toBeUndefined();
    expect(runs.find("g92")).toMatchObject({ runId: "g92" });
    expect(runs.find("g99")).toMatchObject({ runId: "g99" });
  });

  test("holds of failed models what only the latest of an open run was asked", () => {
    const runs = new Runs(limits);
    const content = createContent();
    const fails = (runId: string, more: Partial<ModelStarted>): void => {
      started(modelRun(runId, { messages: ["hi"], ...more }), runs, content, undefined);
      failed(failureOf(runId, new Error("no")), runs, content);
    };
    started(graphRun("g"), runs, content, undefined);
    fails("first", { parentRunId: "g" });
    fails("second", { parentRunId: "g" });
    fails("root", { metadata: {} });
    const requests = () => ["first", "second", "root"].map((runId) => runs.find(runId)?.request);
    expect(requests()).toEqual([undefined, { count: 1, latest: "hi" }, undefined]);
    ended(endOf("g"), runs, content);
    expect(requests()).toEqual([undefined, undefined, undefined]);
  });

  test("holds no arguments of tool calls once their turn is over", () => {
    const runs = new Runs(limits);
    const content = createContent();
    const message = { tool_calls: [{ id: "c", name: "look", args: {} }] };
    started(graphRun("g"), runs, content, undefined);
    started(modelRun("m", { parentRunId: "g" }), runs, content, undefined);
    ended(endOf("m", { generations: [[{ message }]] }), runs, content);
    ended(endOf("g"), runs, content);
    expect(runs.find("g")?.turn.calls.settle("c", [])).toBeNull();
  });

  test("holds no task of a turn that is over, and nothing of what its models were asked", () => {
    const runs = new Runs(limits);
    const content = createContent();
    const node = nodeRun("n", "g");
    started(graphRun("g"), runs, content, undefined);
    started(node, runs, content, undefined);
    started(modelRun("m", { parentRunId: "n" }), runs, content, undefined);
    expect(runs.earlierTryOf(node)).toBe(runs.find("n"));
    for (const runId of ["m", "n", "g"]) ended(endOf(runId), runs, content);
    expect(runs.earlierTryOf(node)).toBeUndefined();
    expect(runs.find("m")).toMatchObject({ request: undefined });
    expect(runs.find("n")).toMatchObject({ latestModel: null });
  });

  test("keeps an open run, however many others have come and gone", () => {
    const runs = new Runs(limits);
    const content = createContent();
    started(graphRun("patient"), runs, content, undefined);
    for (let index = 0; index < 100; index += 1) {
      started(modelRun(`m${index}`, { parentRunId: "patient" }), runs, content, undefined);
      ended(endOf(`m${index}`), runs, content);
    }
    expect(runs.find("patient")).toMatchObject({ ended: false });
    expect(runs.find("m94")).toBeUndefined();
    expect(runs.find("m95")).toMatchObject({ ended: true });
  });
});
