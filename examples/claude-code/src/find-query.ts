import process from "node:process";
import type { Query } from "./query.ts";
import { recordedQuery } from "./recorded-query.ts";

export interface FoundQuery {
  readonly query: Query;
  /** For people: what runs. */
  readonly which: string;
}

const recording = new URL("recording.ndjson", import.meta.url);
/** Not a dependency of this repository, because it brings a whole program along. */
const sdk: string = "@anthropic-ai/claude-agent-sdk";

/** The SDK's own, where a key is set and the SDK is installed; else a recording of it. */
export async function findQuery(pace: number): Promise<FoundQuery> {
  const recorded = recordedQuery(recording, pace);
  if (!process.env["ANTHROPIC_API_KEY"])
    return { query: recorded, which: "a recording, because ANTHROPIC_API_KEY is not set" };
  try {
    const { query }: { readonly query: Query } = await import(sdk);
    return { query, which: "the Claude Agent SDK" };
  } catch {
    return { query: recorded, which: `a recording, because ${sdk} is not installed` };
  }
}
