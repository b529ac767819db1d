import type { EventDraft } from "@spoor/core";

/** What would run, load, hide or break something, wherever a page took it for more than text. */
export const hostileTexts: readonly string[] = [
  "<script>globalThis.planted = 1</script>",
  "</script><script>globalThis.planted = 2</script>",
  "<!--<script>",
  '<img src=x onerror="globalThis.planted = 3">',
  '"><svg onload="globalThis.planted = 4">',
  "javascript:globalThis.planted=5",
  "<style>*{display:none}</style>",
  "<iframe src=http://127.0.0.1:9/></iframe>",
  "\u202Eevil\u202C \u2066hidden\u2069",
  "null\u0000byte \u001B[31mred\u001B[0m \u001B]8;;http://127.0.0.1:9\u0007link",
  "lone \uD800 and \uDFFF",
  "line\u2028and\u2029paragraph",
  "__proto__",
  "${globalThis.planted = 6}",
  "{{constructor.constructor('globalThis.planted = 7')()}}",
];

/** A session that says each of them in every place there is: ids, names, keys, labels, content, errors, marks, contexts. */
export function hostileSession(): readonly EventDraft[] {
  const session = `session ${hostileTexts[1]}`;
  const about = { session, source: hostileTexts[0] ?? "" } as const;
  const started: EventDraft = {
    ...about,
    type: "session.started",
    on: null,
    mark: "s",
    framework: hostileTexts[1] ?? "",
    userId: hostileTexts[3] ?? "",
    feature: hostileTexts[4] ?? "",
    tags: [...hostileTexts],
    environment: hostileTexts[5] ?? "",
    release: hostileTexts[8] ?? "",
    native: { [hostileTexts[1] ?? ""]: [...hostileTexts] },
  };
  return [started, ...hostileTexts.flatMap((text, index) => hostileTurn(about, text, index))];
}

function hostileTurn(
  about: { readonly session: string; readonly source: string },
  text: string,
  index: number,
): readonly EventDraft[] {
  const at = { at: { ms: 1_000 * index } };
  const [turn, model, tool, agent] = ["t", "m", "x", "a"].map((kind) => `${kind}${index} ${text}`);
  if (!turn || !model || !tool || !agent) return [];
  const said = {
    [text]: text,
    list: [text, { type: "text", text }, { type: text, deep: { text } }],
  };
  return [
    { ...about, ...at, type: "turn.started", key: turn, name: text, input: text, native: said },
    {
      ...about,
      ...at,
      type: "work.started",
      kind: "agent",
      key: agent,
      parent: turn,
      name: text,
      agent: text,
      input: said,
      expected: said,
    },
    {
      ...about,
      ...at,
      type: "model.started",
      key: model,
      parent: agent,
      name: text,
      provider: text,
      requestModel: text,
      parameters: said,
      context: {
        instructions: text,
        tools: [said],
        messages: [text, { role: text, content: text }, said],
      },
    },
    {
      ...about,
      ...at,
      type: "model.ended",
      key: model,
      outcome: { status: "ok" },
      model: text,
      finishReason: text,
      output: [{ type: "tool_use", name: text, input: said }],
    },
    {
      ...about,
      ...at,
      type: "tool.started",
      key: tool,
      parent: agent,
      causedBy: model,
      name: text,
      toolCallId: text,
      input: said,
    },
    {
      ...about,
      ...at,
      type: "tool.ended",
      key: tool,
      outcome: { status: "error", errorType: text },
      detail: text,
      output: text,
    },
    {
      ...about,
      ...at,
      type: "decision.made",
      on: turn,
      mark: `d${index}`,
      kind: text,
      choice: text,
      options: [text],
      why: said,
    },
    {
      ...about,
      ...at,
      type: "log.written",
      on: tool,
      mark: `l${index}`,
      level: text,
      content: text,
    },
    {
      ...about,
      ...at,
      type: "finding.raised",
      on: turn,
      mark: `f${index}`,
      code: text,
      severity: "critical",
      evidence: [],
      detail: text,
    },
    {
      ...about,
      ...at,
      type: "turn.ended",
      key: turn,
      outcome: { status: "error", errorType: text },
      detail: text,
    },
  ];
}
