import type { DraftOf } from "@spoor/core";
import type { Fields, StartedCallback } from "../native.ts";
import { known, memberOf, textOf } from "../reading.ts";

/** A managed prompt: what it is called, and which version of it. */
export type Prompt = Pick<DraftOf<"model.started">, "promptName" | "promptVersion">;

/**
 * The managed prompt that a run says it is made of: one of Langfuse, where somebody put it as `langfusePrompt` for Langfuse's own handler, or one that
 * was pulled from LangSmith's hub.
 */
export function promptOf({ metadata }: StartedCallback): Prompt | undefined {
  return langfusePromptIn(metadata) ?? hubPromptIn(metadata);
}

/** Names stand in the open in a journal. */
const longest = 200;

function langfusePromptIn({ langfusePrompt }: Fields): Prompt | undefined {
  const promptName = textOf(memberOf(langfusePrompt, "name"))?.slice(0, longest);
  if (promptName === undefined) return undefined;
  const version = memberOf(langfusePrompt, "version");
  const isNumbered = typeof version === "number" && Number.isSafeInteger(version);
  return { promptName, ...(isNumbered ? { promptVersion: String(version) } : {}) };
}

function hubPromptIn(metadata: Fields): Prompt | undefined {
  const repository = textOf(metadata["lc_hub_repo"]);
  if (repository === undefined) return undefined;
  const owner = textOf(metadata["lc_hub_owner"]);
  const isOwned = owner !== undefined && owner !== "-";
  return {
    promptName: (isOwned ? `${owner}/${repository}` : repository).slice(0, longest),
    ...known({ promptVersion: textOf(metadata["lc_hub_commit_hash"])?.slice(0, longest) }),
  };
}
