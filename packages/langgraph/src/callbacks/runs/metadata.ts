import type { Carrier } from "@spoor/core";
import { extract } from "@spoor/core";
import type { Fields, StartedCallback } from "../native.ts";
import { known, textOf, textsOf } from "../reading.ts";

/** What people write into `config.metadata` for the sake of their traces, and under which names. The first that says something counts. */
const names = {
  session: ["thread_id", "session_id", "sessionId", "conversation_id", "langfuseSessionId"],
  userId: ["user_id", "userId", "langfuseUserId"],
  feature: ["feature"],
  environment: ["environment", "env"],
  release: ["release", "version"],
  agentVersion: ["agent_version", "agentVersion"],
  tags: ["tags", "langfuseTags"],
} as const;

/** Labels stand in the open in a journal. */
const longest = 200;

/** Of a run: which conversation, for whom, of which part of which version of the application. */
export interface Labels {
  readonly userId?: string;
  readonly feature?: string;
  readonly tags?: readonly string[];
  readonly environment?: string;
  readonly release?: string;
  readonly agentVersion?: string;
}

export function sessionIn(metadata: Fields): string | undefined {
  return said(metadata, names.session);
}

export function labelsOf({ metadata, tags }: Pick<StartedCallback, "metadata" | "tags">): Labels {
  const listed = names.tags.flatMap((name) => textsOf(metadata[name]));
  const given = [...tags.filter((tag) => !machinery.test(tag)), ...listed].map((tag) =>
    tag.slice(0, longest),
  );
  const label = (places: readonly string[]) => said(metadata, places)?.slice(0, longest);
  return known({
    userId: said(metadata, names.userId),
    feature: label(names.feature),
    environment: label(names.environment),
    release: label(names.release),
    agentVersion: label(names.agentVersion),
    tags: given.length === 0 ? undefined : [...new Set(given)],
  });
}

/** The trace that a caller wants this to be a part of: `traceparent`, and `tracestate` beside it, as W3C writes them. */
export function carrierIn({ traceparent, tracestate }: Fields): Carrier | undefined {
  if (typeof traceparent !== "string") return undefined;
  return extract(known({ traceparent, tracestate })).carrier ?? undefined;
}

/** Tags that LangChain and LangGraph put on runs for their own use. */
const machinery = /^(?:graph:step|seq:step|map:key|retry:attempt|langsmith):/;

function said(metadata: Fields, places: readonly string[]): string | undefined {
  for (const name of places) {
    const word = wordOf(metadata[name]);
    if (word !== undefined) return word;
  }
  return undefined;
}

function wordOf(value: unknown): string | undefined {
  return typeof value === "number" ? String(value) : textOf(value);
}
