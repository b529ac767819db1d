import { mustHaveRecorded } from "../recorded.ts";

/** A recorded query in the place of the SDK, which would start a program. */
export const modules: Readonly<Record<string, string>> = {
  "@anthropic-ai/claude-agent-sdk": new URL("../claude-agent-sdk.ts", import.meta.url).href,
};

export const show = (): void => {};

export const afterwards = (): void => mustHaveRecorded(2);
