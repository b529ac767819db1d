import { describe, expect, test } from "vitest";
import { graphRun } from "../example-runs.ts";
import { only, translateAll } from "../fixtures.ts";
import type { Fields } from "../native.ts";

const turnWith = (metadata: Fields, tags: readonly string[] = []) =>
  only(translateAll([graphRun("g", { metadata, tags })]), "turn.started")[0];

describe("labels", () => {
  test.each([
    ["userId", "user_id"],
    ["userId", "userId"],
    ["userId", "langfuseUserId"],
    ["feature", "feature"],
    ["environment", "environment"],
    ["environment", "env"],
    ["release", "release"],
    ["release", "version"],
    ["agentVersion", "agent_version"],
    ["agentVersion", "agentVersion"],
  ])("%s is read from metadata.%s, on the session and on the turn", (label, name) => {
    const drafts = translateAll([graphRun("g", { metadata: { [name]: "x" } })]);
    expect(only(drafts, "session.started")[0]).toMatchObject({ [label]: "x" });
    expect(only(drafts, "turn.started")[0]).toMatchObject({ [label]: "x" });
    expect(only(drafts, "work.started")[0]).not.toHaveProperty(label);
  });

  test("are not made up: what is empty or no text is none", () => {
    const turn = turnWith({ user_id: "", feature: {}, environment: null, version: ["1"] });
    for (const label of ["userId", "feature", "environment", "release", "tags"])
      expect(turn).not.toHaveProperty(label);
  });

  test("may be numbers, and stay short where they stand in the open", () => {
    expect(turnWith({ user_id: 7, feature: "x".repeat(300) })).toMatchObject({
      userId: "7",
      feature: "x".repeat(200),
    });
  });

  test("tags are the caller's own, from the run and its metadata, each once and none of the machinery's", () => {
    const tags = ["beta", "seq:step:1", "langsmith:nostream"];
    expect(turnWith({ tags: ["beta", "eu"] }, tags)).toMatchObject({ tags: ["beta", "eu"] });
  });
});

describe("a session", () => {
  test.each(["thread_id", "session_id", "sessionId", "conversation_id", "langfuseSessionId"])(
    "is what metadata.%s says",
    (name) => {
      expect(turnWith({ [name]: "s" })?.session).toBe("s");
    },
  );

  test("is the thread before any other name", () => {
    expect(turnWith({ session_id: "s", thread_id: "t" })?.session).toBe("t");
  });
});

describe("a trace context", () => {
  const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  test("in the metadata of a root is the parent of its turn", () => {
    const turn = turnWith({ traceparent, tracestate: "a=1" });
    expect(turn?.parent).toEqual({ traceparent, tracestate: "a=1" });
    expect(turn).not.toHaveProperty("links");
  });

  test("that cannot be read is none", () => {
    expect(turnWith({ traceparent: "00-0-0-01" })).not.toHaveProperty("parent");
    expect(turnWith({ tracestate: "a=1" })).not.toHaveProperty("parent");
  });

  test("of a call that resumes is a cause beside the trace that the turn has already", () => {
    const resume = graphRun("g", {
      metadata: { thread_id: "t", traceparent },
      inputs: { $command: true, resume: "yes" },
    });
    const [turn] = only(translateAll([resume]), "turn.started");
    expect(turn).toMatchObject({
      resumes: true,
      links: [{ kind: "cause", carrier: { traceparent } }],
    });
  });
});
