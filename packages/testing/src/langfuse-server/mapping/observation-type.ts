import { isSaid, type Loose } from "../loose.ts";

export type ObservationType =
  | "SPAN"
  | "GENERATION"
  | "EVENT"
  | "EMBEDDING"
  | "AGENT"
  | "TOOL"
  | "CHAIN"
  | "RETRIEVER"
  | "GUARDRAIL"
  | "EVALUATOR";

/** The first attribute that names a type which is known wins; a tool's name makes a tool, and a model, wherever it stands, makes a generation. */
export function observationType(attributes: Loose): ObservationType {
  for (const [key, types] of named) {
    const type = types.get(String(attributes[key]));
    if (type !== undefined) return type;
  }
  if (toolKeys.some((key) => isSaid(attributes[key]))) return "TOOL";
  return modelKeys.some((key) => isSaid(attributes[key])) ? "GENERATION" : "SPAN";
}

const named: readonly (readonly [string, ReadonlyMap<string, ObservationType>])[] = [
  [
    "langfuse.observation.type",
    new Map([
      ["span", "SPAN"],
      ["generation", "GENERATION"],
      ["event", "EVENT"],
      ["embedding", "EMBEDDING"],
      ["agent", "AGENT"],
      ["tool", "TOOL"],
      ["chain", "CHAIN"],
      ["retriever", "RETRIEVER"],
      ["guardrail", "GUARDRAIL"],
      ["evaluator", "EVALUATOR"],
    ]),
  ],
  [
    "openinference.span.kind",
    new Map([
      ["CHAIN", "CHAIN"],
      ["RETRIEVER", "RETRIEVER"],
      ["LLM", "GENERATION"],
      ["EMBEDDING", "EMBEDDING"],
      ["AGENT", "AGENT"],
      ["TOOL", "TOOL"],
      ["GUARDRAIL", "GUARDRAIL"],
      ["EVALUATOR", "EVALUATOR"],
    ]),
  ],
  [
    "gen_ai.operation.name",
    new Map([
      ["chat", "GENERATION"],
      ["completion", "GENERATION"],
      ["text_completion", "GENERATION"],
      ["generate_content", "GENERATION"],
      ["generate", "GENERATION"],
      ["embeddings", "EMBEDDING"],
      ["invoke_agent", "AGENT"],
      ["create_agent", "AGENT"],
      ["execute_tool", "TOOL"],
    ]),
  ],
];

const toolKeys = ["gen_ai.tool.name", "gen_ai.tool.call.id"];

const modelKeys = [
  "langfuse.observation.model.name",
  "gen_ai.request.model",
  "gen_ai.response.model",
  "llm.model_name",
  "model",
];
