import type { EventDraft } from "@spoor/core";

const begun = Date.UTC(2026, 0, 1);

interface Variation {
  /** What each tool answers. */
  readonly answerTo?: (tool: number) => string;
}

/** A turn with a call to a model, so many tools, a mark and a score: all of it at times of its own. */
export function conversation(
  tools: number,
  { answerTo = (tool) => `result ${tool}` }: Variation = {},
): readonly EventDraft[] {
  let ms = begun;
  const about = () => ({ session: "thread 1", source: "api", at: { ms: (ms += 1.25) } }) as const;
  const ok = { status: "ok" } as const;
  const usage = { input: 120, cacheRead: 40, cacheWrite: 0, output: 30, reasoning: 10 };
  const context = {
    instructions: "Be brief.",
    messages: [{ role: "user", content: "Where is it?" }],
  };
  return [
    {
      ...about(),
      type: "session.started",
      on: null,
      mark: "session",
      framework: "example",
      userId: "ada",
      tags: ["one"],
    },
    { ...about(), type: "turn.started", key: "turn", name: "answer", input: "Where is it?" },
    {
      ...about(),
      type: "model.started",
      key: "call",
      parent: "turn",
      name: "large",
      provider: "openai",
      requestModel: "gpt-4o",
      context,
    },
    {
      ...about(),
      type: "usage.reported",
      on: "call",
      mark: "1",
      basis: "call",
      final: true,
      usage,
    },
    {
      ...about(),
      type: "model.ended",
      key: "call",
      model: "gpt-4o",
      outcome: ok,
      output: "There.",
    },
    { ...about(), type: "score.given", on: "call", mark: "2", name: "useful", value: 0.5 },
    { ...about(), type: "handoff.made", on: "turn", mark: "3", to: "searcher" },
    ...Array.from({ length: tools }, (_, tool): readonly EventDraft[] => {
      const key = `tool ${tool}`;
      const input = { query: `query ${tool}` };
      return [
        { ...about(), type: "tool.started", key, parent: "turn", name: "search", input },
        { ...about(), type: "tool.ended", key, outcome: ok, output: answerTo(tool) },
      ];
    }).flat(),
    { ...about(), type: "turn.ended", key: "turn", outcome: ok, output: "There." },
  ];
}

/** How many spans a conversation has. */
export const spansWith = (tools: number): number => tools + 2;

/** Text of so many bytes that hardly gets smaller, always the same. */
export function noise(bytes: number): string {
  let state = 42;
  const next = (): string => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return (state >> 8).toString(36);
  };
  let text = "";
  while (text.length < bytes) text += `${next()} `;
  return text.slice(0, bytes);
}
