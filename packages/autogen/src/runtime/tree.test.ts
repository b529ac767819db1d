import { countingIds, goldenTrees, recordAll } from "@spoor/testing";
import { expect, test } from "vitest";
import { listening } from "../envelopes/listening.fixture.ts";
import { createActorRuntime } from "./actor-runtime.ts";
import { wrapModel, wrapTool } from "./wrap-calls.ts";

test("a planner, two workers and a reviewer are one readable tree", async () => {
  const { observer, drafts } = listening();
  const actors = createActorRuntime(observer, { newId: countingIds("id") });
  const plan = wrapModel(actors.envelopes, { model: "small" }, async () => ["search", "count"]);
  const search = wrapTool(actors.envelopes, "search", async (words: string) => [words]);
  actors.spawn("planner", async () => {
    for (const part of await plan()) actors.publish(`work/${part}`, { part });
  });
  actors.spawn("searcher", async () => actors.request("reviewer", await search("spoor")), {
    topics: ["work/search"],
  });
  actors.spawn(
    "counter",
    () => {
      throw new RangeError("nothing to count");
    },
    { topics: ["work/count"] },
  );
  actors.spawn("reviewer", () => "good");
  actors.send("planner", { goal: "find it" }, { messageType: "Goal", conversationId: "c" });
  await actors.idle();
  expect(goldenTrees(recordAll(drafts)).trim().split("\n")).toEqual([
    "session c · actors · ok",
    "1 turn · 1 model call · 1 tool call · 1 error · ? in · ? out · tokens incomplete · cost ?",
    "",
    "turn 0 Goal        ok     ? in  ? out",
    "│  » find it",
    "│  · message.sent → planner  send  find it",
    "├─ agent planner   ok                  #1",
    "│  │  · message.received  send  find it",
    "│  │  · message.sent → work/search  publish  search",
    "│  │  · message.sent → work/count  publish  count",
    "│  ╰─ model small  ok     ? in  ? out",
    "├─ agent searcher  ok                  #2  ← #1",
    "│  │  · message.received planner → work/search  publish  search",
    "│  │  · message.sent → reviewer  request  spoor",
    "│  │  · message.received ← reviewer  response  good",
    "│  ╰─ tool search  ok",
    "├─ agent counter   error               ← #1  RangeError: nothing to count",
    "│     · message.received planner → work/count  publish  count",
    "╰─ agent reviewer  ok                  ← #2",
    "      · message.received ← searcher  request  spoor",
    "      · message.sent → searcher  response  good",
  ]);
});
