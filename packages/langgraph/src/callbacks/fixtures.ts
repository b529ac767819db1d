import { readFileSync } from "node:fs";
import type { EventDraft, Translator } from "@spoor/core";
import { langgraph } from "../adapter.ts";
import type { LangGraphCallback } from "./native.ts";

export const scenarios = [
  "01-react-agent-invoke",
  "03-createAgent-parallel-tools",
  "06-send-fanout",
  "07-subgraph-as-node",
  "11-interrupt-resume",
  "11b-interrupt-in-tool-and-subgraph",
  "13-node-throws",
  "14-retry-policy",
  "24-llm-errors-fallbacks-retry",
  "27-concurrent-invocations-shared-handler",
] as const;
export type Scenario = (typeof scenarios)[number];

/** A recording of LangGraph 1.4.18 on core 1.2.13, line by line. */
export function recording(scenario: Scenario): readonly string[] {
  const file = new URL(`./fixtures/${scenario}.native.ndjson`, import.meta.url);
  return readFileSync(file, "utf8").trimEnd().split("\n");
}

export function nativesOf(lines: readonly string[]): readonly LangGraphCallback[] {
  return lines.map((line) => langgraph.parse(line)).filter((native) => native !== null);
}

export function translateAll(
  natives: readonly LangGraphCallback[],
  translator: Translator<LangGraphCallback> = langgraph.createTranslator(),
): readonly EventDraft[] {
  return natives.flatMap((native) => [...translator.translate(native)]);
}

export function draftsOf(scenario: Scenario): readonly EventDraft[] {
  return translateAll(nativesOf(recording(scenario)));
}

/** Type by type, for tests that look at one kind of fact. */
export function only<Type extends EventDraft["type"]>(
  drafts: readonly EventDraft[],
  type: Type,
): readonly Extract<EventDraft, { readonly type: Type }>[] {
  return drafts.filter(
    (draft): draft is Extract<EventDraft, { readonly type: Type }> => draft.type === type,
  );
}
