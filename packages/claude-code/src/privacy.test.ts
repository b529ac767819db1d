import { contentReader, createRecorder, isRecord, memoryJournal, redactor } from "@spoor/core";
import type { Adapter, AgentEvent, EventDraft, Redactor } from "@spoor/core";
import { describe, expect, test } from "vitest";
import { draftsBy, linesOf, scenarios } from "./fixtures.ts";
import { claudeCode } from "./stream/adapter.ts";
import { claudeTranscript } from "./transcript/adapter.ts";

const adapters: Readonly<Record<"stream" | "transcript", Adapter<unknown>>> = {
  stream: claudeCode,
  transcript: claudeTranscript,
};

const planted = "planted in a place that nobody has named";

/** What a tool is given and gives back, and an answer in the user's own form: content, whose fields are the user's. */
const ofTheUser: ReadonlySet<string> = new Set(["input", "structuredContent", "structured_output"]);

/** The line as a later version might write it: with something more in each object in it. */
function withMore(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withMore);
  if (!isRecord(value)) return value;
  const fields = Object.entries(value).map(([name, field]) => [
    name,
    ofTheUser.has(name) ? field : withMore(field),
  ]);
  return { ...Object.fromEntries(fields), later_version: planted };
}

const textOf = (drafts: readonly EventDraft[]): string => JSON.stringify(drafts);

describe.each(["stream", "transcript"] as const)("of a %s", (source) => {
  test.each(scenarios)("nothing that is not named leaves %s", (scenario) => {
    const lines = linesOf(scenario, source);
    const more = lines.map((line) => JSON.stringify(withMore(JSON.parse(line))));
    expect(textOf(draftsBy(adapters[source], more))).not.toContain(planted);
  });
});

const secret = "hunter2-never-leaves";

const spoken = (block: object): object => ({
  message: {
    id: "m1",
    model: "opus",
    role: "assistant",
    content: [block],
    stop_reason: "end_turn",
  },
});

describe.each([
  ["signatures", { type: "thinking", thinking: "so", signature: secret }],
  ["ciphers of thinking", { type: "redacted_thinking", data: secret }],
  [
    "pictures",
    { type: "image", source: { type: "base64", media_type: "image/png", data: secret } },
  ],
  [
    "documents in what a tool returned",
    {
      type: "tool_result",
      tool_use_id: "t1",
      content: [{ type: "document", source: { data: secret } }],
    },
  ],
  [
    "ciphers of search results",
    { type: "web_search_tool_result", content: [{ encrypted_content: secret }] },
  ],
])("%s", (_what, block) => {
  test.each(["assistant", "user"])("stay out of what the %s says", (type) => {
    const line = { type, uuid: "u1", session_id: "s", sessionId: "s", ...spoken(block) };
    const after = { type: "result", uuid: "r1", session_id: "s", subtype: "success" };
    expect(textOf(draftsBy(claudeCode, [line, after]))).not.toContain(secret);
    expect(textOf(draftsBy(claudeTranscript, [line]))).not.toContain(secret);
  });
});

test.each(["stream", "transcript"] as const)(
  "what a model thinks is in what a %s tells, for those who ask for it, and by default not in the record",
  (source) => {
    const line = {
      type: "assistant",
      uuid: "u1",
      session_id: "s",
      sessionId: "s",
      ...spoken({ type: "thinking", thinking: secret }),
    };
    const after = { type: "result", uuid: "r1", session_id: "s", subtype: "success" };
    const next = {
      type: "assistant",
      uuid: "u2",
      sessionId: "s",
      message: { id: "m2", content: [] },
    };
    const drafts = draftsBy(adapters[source], [line, source === "stream" ? after : next]);
    expect(textOf(drafts)).toContain(secret);
    expect(recordOf(drafts, redactor())).not.toContain(secret);
    expect(recordOf(drafts, redactor({ withhold: [] }))).toContain(secret);
  },
);

/** The events and all the content that they refer to. */
function recordOf(drafts: readonly EventDraft[], redact: Redactor): string {
  const journal = memoryJournal();
  const events: AgentEvent[] = [];
  const recorded = (event: AgentEvent): void => void events.push(event);
  const recorder = createRecorder({ journal, clock: () => 1, recording: true, redact, recorded });
  for (const draft of drafts) recorder.emit(draft);
  const content = contentReader(journal.reader());
  for (const event of events) content.apply(event);
  const held = events.flatMap((event) => ("output" in event && event.output ? event.output : []));
  return JSON.stringify([events, held.map((reference) => content.read(reference))]);
}

describe("the prompts as they were sent", () => {
  const request = {
    type: "api-request",
    sessionId: "s",
    id: "r1",
    timestamp: "2026-11-21T03:22:09.041Z",
    params: { model: "opus", metadata: { user_id: secret } },
    tail: [secret],
    requestDigest: secret,
  };

  test.each(["api-request-shape", "api-request-blob"])("%s lines are not even read", (type) => {
    const line = JSON.stringify({
      type,
      sessionId: "s",
      message: { role: "user", content: secret },
    });
    expect(claudeTranscript.parse(line)).toEqual({ type });
  });

  test("a request tells when it was sent, and nothing else", () => {
    const answer = {
      type: "assistant",
      uuid: "u1",
      sessionId: "s",
      requestRef: "r1",
      timestamp: "2026-11-21T03:22:10.000Z",
      ...spoken({ type: "text", text: "hello" }),
    };
    const drafts = draftsBy(claudeTranscript, [request, answer]);
    expect(textOf(drafts)).not.toContain(secret);
    expect(drafts).toContainEqual(
      expect.objectContaining({ type: "model.started", at: { ms: Date.parse(request.timestamp) } }),
    );
  });
});

test("what is known of the machine and its user besides the folder stays where it is", () => {
  const init = {
    type: "system",
    subtype: "init",
    uuid: "i1",
    session_id: "s",
    cwd: "/project",
    memory_paths: { auto: secret },
    messaging_socket_path: secret,
    plugins: [{ path: secret }],
    user_id: secret,
    device_id: secret,
  };
  expect(textOf(draftsBy(claudeCode, [init]))).not.toContain(secret);
});

describe("words that somebody may have written", () => {
  const words = { content: secret, summary: secret, title: secret, description: secret };
  const line = { uuid: "u1", session_id: "s", sessionId: "s" };

  test.each([claudeCode, claudeTranscript])("stay out where nobody knows the line", (adapter) => {
    const answer = {
      ...line,
      uuid: "u2",
      type: "assistant",
      ...spoken({ type: "text", text: "hi" }),
    };
    const drafts = draftsBy(adapter, [{ ...line, type: "from the future", ...words }, answer]);
    expect(textOf(drafts)).toContain("from the future");
    expect(textOf(drafts)).not.toContain(secret);
  });

  test.each([
    { type: "auth_status", error: secret, output: [secret] },
    { type: "system", subtype: "hook_response", stdout: secret, stderr: secret, output: secret },
  ])("stay out of a note of $type", (noted) => {
    expect(textOf(draftsBy(claudeCode, [{ ...line, ...noted }]))).not.toContain(secret);
  });
});

describe("what is no words", () => {
  const data = "QUJD".repeat(200);
  const result = { type: "tool_result", tool_use_id: "t1", content: "done" };
  const line = { type: "user", uuid: "u1", session_id: "s", message: { content: [result] } };

  test("stays out of what a tool returned beside its words", () => {
    const structured = { structuredContent: { page: [{ image: data, title: "a page" }] } };
    const told = textOf(draftsBy(claudeCode, [{ ...line, tool_use_result: structured }]));
    expect(told).not.toContain(data);
    expect(told).toContain("a page");
    expect(told).toContain("[800 characters of base64 not kept]");
  });

  test("stays out of addresses", () => {
    const block = { type: "image", source: { type: "url", url: `data:image/png;base64,${data}` } };
    const message = { role: "user", content: [block] };
    expect(textOf(draftsBy(claudeCode, [{ ...line, message }]))).not.toContain(data);
  });
});
