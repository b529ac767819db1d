import { type Adapter, type EventDraft, isRecord, type Usage } from "@spoor/core";

/** A framework that says three things: a question, the call that answers it, and what all calls have used together. */
type Saying =
  | { readonly says: "question" | "unknown"; readonly id: string; readonly text: string }
  | {
      readonly says: "answer";
      readonly id: string;
      readonly text: string;
      readonly tokens: number | null;
    }
  | { readonly says: "total"; readonly tokens: number };

const words: ReadonlySet<unknown> = new Set(["question", "answer", "total"]);

export const exampleAdapter: Adapter<Saying> = {
  name: "example",
  framework: { package: "example", supported: ">=1" },
  createTranslator() {
    let turn = "nothing asked";
    return {
      translate(saying) {
        if (saying.says === "question") turn = saying.id;
        return draftsFor(saying, turn);
      },
    };
  },
  parse: parsed,
  knows: ({ says }) => says !== "unknown",
};

export const outputOnly = (tokens: number | null): Usage => ({
  input: null,
  cacheRead: null,
  cacheWrite: null,
  output: tokens,
  reasoning: null,
});

/** Numbers and texts only where they are some: a later version may have something else there. */
function parsed(line: string): Saying | null {
  const said = json(line);
  if (!isRecord(said) || typeof said["says"] !== "string") return null;
  const { says, id, text, tokens } = said;
  const about = { id: String(id), text: String(text) };
  if (!words.has(says)) return { says: "unknown", ...about };
  if (says === "total") return typeof tokens === "number" ? { says, tokens } : null;
  if (says === "question") return { says, ...about };
  return { says: "answer", ...about, tokens: typeof tokens === "number" ? tokens : null };
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function draftsFor(saying: Saying, turn: string): readonly EventDraft[] {
  const about = { session: "example", source: "stream" } as const;
  const used = { ...about, type: "usage.reported" } as const;
  switch (saying.says) {
    case "question":
      return [{ ...about, type: "turn.started", key: saying.id, name: "turn", input: saying.text }];
    case "answer":
      return [
        { ...about, type: "model.started", key: saying.id, name: "model", parent: turn },
        {
          ...about,
          type: "model.ended",
          key: saying.id,
          outcome: { status: "ok" },
          output: saying.text,
        },
        {
          ...used,
          on: saying.id,
          mark: "call",
          basis: "call",
          usage: outputOnly(saying.tokens),
          final: saying.tokens !== null,
        },
      ];
    case "total":
      return [
        {
          ...used,
          on: turn,
          mark: "total",
          basis: "total",
          usage: outputOnly(saying.tokens),
          final: true,
        },
        { ...about, type: "turn.ended", key: turn, outcome: { status: "ok" } },
      ];
    case "unknown":
      return [{ ...about, type: "native.noted", on: null, mark: saying.id, name: "unknown" }];
    default:
      return saying satisfies never;
  }
}
