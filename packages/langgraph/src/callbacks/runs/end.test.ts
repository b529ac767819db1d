import { describe, expect, test } from "vitest";
import { endOf, failureOf, graphRun, modelRun, nodeRun } from "../example-runs.ts";
import { only, translateAll } from "../fixtures.ts";

const graph = [
  graphRun("root"),
  nodeRun("node", "root"),
  modelRun("model", { parentRunId: "node" }),
];

describe("a run", () => {
  test.each([
    ["ends well", endOf("node")],
    ["fails", failureOf("node", new Error("no"))],
  ])("that ended once and then %s has ended once", (_, again) => {
    const drafts = translateAll([...graph, endOf("node"), again]);
    expect(only(drafts, "work.ended")).toMatchObject([{ key: "node", outcome: { status: "ok" } }]);
  });

  test("that ends and was never seen to start says nothing", () => {
    expect(translateAll([endOf("stranger"), failureOf("stranger", new Error("no"))])).toEqual([]);
  });

  test("that starts twice has started once, also after its end", () => {
    const twice = translateAll([...graph, ...graph, endOf("node"), ...graph]);
    expect(twice).toEqual(translateAll([...graph, endOf("node")]));
  });

  test("that nobody awaited ends after the turn that it is a part of", () => {
    const drafts = translateAll([...graph, endOf("node"), endOf("root"), endOf("model")]);
    expect(drafts.at(-1)).toMatchObject({ type: "model.ended", key: "model" });
  });
});

test("a root whose consumer has left stays open, however much ends below it", () => {
  const drafts = translateAll([...graph, endOf("model"), endOf("node")]);
  expect(only(drafts, "work.ended").map(({ key }) => key)).toEqual(["node"]);
  expect(only(drafts, "turn.ended")).toEqual([]);
});

describe("a root with the run id of one that has ended", () => {
  const twice = [graphRun("root"), endOf("root"), graphRun("root"), nodeRun("node", "root")];

  test("is another turn of the thread", () => {
    const drafts = translateAll([...twice, endOf("node"), endOf("root"), endOf("root")]);
    const keys = ["turn@root", "turn@root#2"];
    expect(only(drafts, "turn.started").map(({ key }) => key)).toEqual(keys);
    expect(only(drafts, "turn.ended").map(({ key }) => key)).toEqual(keys);
    const opened = only(drafts, "work.started").map(({ key, parent }) => [key, parent]);
    expect(opened).toEqual([
      ["root", "turn@root"],
      ["root#2", "turn@root#2"],
      ["node", "root#2"],
    ]);
  });

  test("is the same one where a recording is read again", () => {
    const natives = [...twice, endOf("root")].map((native, order) => ({ ...native, order }));
    expect(translateAll([...natives, ...natives])).toEqual(translateAll(natives));
    expect(only(translateAll(natives), "turn.started")).toHaveLength(2);
  });

  test("without a thread has a session of its own", () => {
    const alone = graphRun("root", { metadata: {} });
    const drafts = translateAll([alone, endOf("root"), alone]);
    expect(only(drafts, "turn.started").map(({ session }) => session)).toEqual(["root", "root#2"]);
  });
});
