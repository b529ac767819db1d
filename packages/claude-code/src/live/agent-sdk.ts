import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";

/** What the Agent SDK has, as far as the live tests call it. */
export interface AgentSdk {
  query(parameters: { readonly prompt: unknown; readonly options?: object }): LiveQuery;
}

export interface LiveQuery extends AsyncGenerator<unknown, void> {
  interrupt(): Promise<unknown>;
  setModel(model?: string): Promise<void>;
  supportedCommands(): Promise<readonly unknown[]>;
}

const wanted = process.env["SPOOR_LIVE"] === "1";
const folder = process.env["SPOOR_CLAUDE_SDK"] ?? "";
const entry = join(folder, "node_modules", "@anthropic-ai", "claude-agent-sdk", "sdk.mjs");

/** Why the live tests cannot run; null: they can. */
export const whyNotLive: string | null = !wanted
  ? "they run with npm run test:live"
  : folder === ""
    ? "SPOOR_CLAUDE_SDK names no folder with the Agent SDK in it"
    : existsSync(entry)
      ? null
      : `there is no ${entry}`;

export const agentSdk = async (): Promise<AgentSdk> => await import(pathToFileURL(entry).href);
