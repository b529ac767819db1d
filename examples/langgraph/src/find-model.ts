import process from "node:process";
import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { initChatModel } from "langchain";
import { type Script, ScriptedModel } from "./scripted-model.ts";

/**
 * A model that follows the script, else the one that `SPOOR_EXAMPLE_MODEL` names, as `provider:model`; its package (`@langchain/openai`, …) has to be installed
 * beside. A key alone in the environment asks nobody: who only has a look does not pay for it.
 */
export async function findModel(script: Script): Promise<BaseChatModel> {
  const named = process.env["SPOOR_EXAMPLE_MODEL"];
  return named ? initChatModel(named) : new ScriptedModel(script);
}
