import type { EventDraft, FullContext, JsonValue } from "@spoor/core";

const session = "nightly-refactoring-0042";
const start = Date.UTC(2026, 10, 20, 22);
const about = { session, source: "api" } as const;
const requests = [
  "Find out why the import of large transcripts holds the whole file in memory, and make it stream",
  "The test for torn last lines is flaky on slow disks. Why?",
  "Rename the option to maxBytes everywhere, and tell me what else would break",
  "Write the changeset, in words a user would use",
  "Run the benchmark again and compare it with the numbers of last week",
];
const tools = ["Read", "Grep", "Edit", "Bash", "Read", "WebFetch"];
const answer = `I looked at how lines are read. The reader collects chunks until the file ends and only then splits them, so the
peak grows with the file. A generator that yields a line as soon as its end is seen keeps one chunk at a time.`;

/**
 * A session that worked through a night: ten spans a turn, a context that grows, is trimmed and compacted, tools that fail, parallel subagents,
 * pauses. The same for every call.
 */
export function* longSession(
  turns: number,
  { requests: told = "recorded" }: { readonly requests?: "recorded" | "not recorded" } = {},
): Iterable<EventDraft> {
  let now = start;
  const at = (): { at: { ms: number } } => ({ at: { ms: now } });
  yield {
    ...about,
    ...at(),
    type: "session.started",
    on: null,
    mark: "session",
    framework: "langgraph",
    userId: "ada",
    feature: "refactoring",
    tags: ["night", "long"],
    environment: "staging",
  };
  let messages: JsonValue[] = [];
  const contextIn = (turn: number): FullContext => ({
    instructions:
      turn < turns / 2 ? "You are a careful engineer." : "You are a careful engineer.\nBe brief.",
    tools: tools.map((name) => ({ name, description: `Runs ${name}.` })),
    messages,
  });
  for (let turn = 0; turn < turns; turn += 1) {
    const root = `turn-${turn}`;
    const request = requests[turn % requests.length] ?? "";
    messages = [...messages, { role: "user", content: `${request} (${turn})` }];
    yield { ...about, ...at(), type: "turn.started", key: root, name: "agent", input: request };
    if (turn % 40 === 39) {
      yield {
        ...about,
        ...at(),
        type: "work.started",
        kind: "compaction",
        key: `${root}-c`,
        parent: root,
        name: "compaction",
      };
      now += 9_000;
      messages = [
        { role: "user", content: `Summary of what was done until turn ${turn}. ${answer}` },
        ...messages.slice(-4),
      ];
      yield { ...about, ...at(), type: "work.ended", key: `${root}-c`, outcome: { status: "ok" } };
    }
    for (let step = 0; step < 3; step += 1) {
      const call = `${root}-m${step}`;
      yield {
        ...about,
        ...at(),
        type: "model.started",
        key: call,
        parent: root,
        name: "sonnet",
        provider: "anthropic",
        requestModel: "claude-sonnet-5",
        ...(told === "recorded" ? { context: contextIn(turn) } : {}),
      };
      now += 1_400 + ((turn * 7 + step * 3) % 11) * 310;
      const said = step === 2 ? answer : "Let me look.";
      yield {
        ...about,
        ...at(),
        type: "model.ended",
        key: call,
        outcome: { status: "ok" },
        model: "claude-sonnet-5",
        finishReason: step === 2 ? "end_turn" : "tool_use",
        output: [{ type: "text", text: said }],
      };
      const sent = messages.length * 310;
      yield {
        ...about,
        type: "usage.reported",
        on: call,
        mark: "final",
        basis: "call",
        final: true,
        usage: {
          input: 240 + ((turn * 13) % 700),
          cacheRead: sent,
          cacheWrite: 310,
          output: 90 + ((turn + step) % 7) * 60,
          reasoning: null,
        },
      };
      messages = [...messages, { role: "assistant", content: said }];
      if (step === 2) continue;
      yield* work(turn, step, call);
      messages = [
        ...messages,
        {
          role: "tool",
          content: `lines of ${tools[(turn + step) % tools.length]} in turn ${turn}`,
        },
      ];
    }
    if (messages.length > 400) messages = [...messages.slice(0, 2), ...messages.slice(60)];
    const isLast = turn === turns - 1;
    yield {
      ...about,
      ...at(),
      type: "turn.ended",
      key: root,
      outcome: isLast ? { status: "error", errorType: "BudgetExceeded" } : { status: "ok" },
      ...(isLast
        ? { detail: "the budget of $40 for this session is used up" }
        : { output: answer }),
    };
    now += turn % 50 === 49 ? 5_400_000 : 4_000;
  }

  function* work(turn: number, step: number, call: string): Iterable<EventDraft> {
    const root = `turn-${turn}`;
    const isParallel = turn % 5 === 4 && step === 0;
    const agents = isParallel ? ["Explore", "Explore"] : [];
    for (const [index, name] of agents.entries()) {
      const key = `${root}-a${index}`;
      yield {
        ...about,
        ...at(),
        type: "work.started",
        kind: "agent",
        key,
        parent: root,
        causedBy: call,
        name,
        agent: name,
        input: "look for readers",
      };
      yield {
        ...about,
        ...at(),
        type: "tool.started",
        key: `${key}-t`,
        parent: key,
        causedBy: call,
        name: "Grep",
        input: { pattern: "readFile" },
      };
    }
    for (const [index] of agents.entries()) {
      const key = `${root}-a${index}`;
      now += 2_600;
      yield {
        ...about,
        ...at(),
        type: "tool.ended",
        key: `${key}-t`,
        outcome: { status: "ok" },
        output: "src/lines.ts:12",
      };
      yield {
        ...about,
        ...at(),
        type: "work.ended",
        key,
        outcome: { status: "ok" },
        output: "two readers",
      };
    }
    for (let index = 0; index < (isParallel ? 1 : 3); index += 1) {
      const key = `${root}-t${step}${index}`;
      const name = tools[(turn + step + index) % tools.length] ?? "Read";
      const fails = (turn * 5 + step * 3 + index) % 37 === 36;
      yield {
        ...about,
        ...at(),
        type: "tool.started",
        key,
        parent: root,
        causedBy: call,
        name,
        toolCallId: key,
        input: { file_path: `packages/core/src/file-${turn % 17}.ts`, limit: 200 },
      };
      now += 300 + ((turn + index) % 9) * 220;
      yield {
        ...about,
        ...at(),
        type: "tool.ended",
        key,
        outcome: fails ? { status: "error", errorType: "ENOENT" } : { status: "ok" },
        ...(fails
          ? { detail: `no such file or directory, open packages/core/src/file-${turn % 17}.ts` }
          : { output: `export const line${turn} = ${index};\n`.repeat(6) }),
      };
    }
    if (turn % 60 === 59 && step === 1)
      yield {
        ...about,
        ...at(),
        type: "finding.raised",
        on: root,
        mark: `loop-${turn}`,
        code: "tool-loop",
        severity: "warning",
        evidence: [],
        detail: { tool: "Read", times: 6 },
      };
  }
}
