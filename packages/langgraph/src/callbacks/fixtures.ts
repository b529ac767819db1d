import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { EventDraft, Translator } from "@spoor/core";
import { langgraph } from "../adapter.ts";
import type { LangGraphCallback } from "./native.ts";

const folder = join(import.meta.dirname, "fixtures");
const ending = ".native.ndjson";

/** Every recording that there is, by name. */
export const scenarios: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith(ending))
  .map((file) => file.slice(0, -ending.length))
  .toSorted();

/** A recording of LangGraph 1.4.18 on core 1.2.13, line by line. */
export function recording(scenario: string): readonly string[] {
  return readFileSync(join(folder, `${scenario}${ending}`), "utf8")
    .trimEnd()
    .split("\n");
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

export function draftsOf(scenario: string): readonly EventDraft[] {
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
