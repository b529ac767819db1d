import process from "node:process";
import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { initChatModel } from "langchain";
import { type Script, ScriptedModel } from "./scripted-model.ts";

/** Whose key is looked for, and which model is then asked. Its package (`@langchain/openai`, …) has to be installed beside. */
const providers = [
  ["OPENAI_API_KEY", "openai:gpt-5-mini"],
  ["ANTHROPIC_API_KEY", "anthropic:claude-haiku-4-5"],
] as const;

/** A real model where a key is set, else one that follows the script. `SPOOR_EXAMPLE_MODEL` names another, as `provider:model`. */
export async function findModel(script: Script): Promise<BaseChatModel> {
  const found = providers.find(([key]) => process.env[key]);
  if (found === undefined) return new ScriptedModel(script);
  return initChatModel(process.env["SPOOR_EXAMPLE_MODEL"] ?? found[1]);
}
