import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Message, Query, QueryParameters } from "./query.ts";

/** A line of a recording: what happened so many milliseconds after its beginning. */
type Line = { readonly at: number } & (
  | { readonly message: RecordedMessage }
  | { readonly hook: HookCall }
);

interface HookCall {
  readonly input: { readonly hook_event_name: string };
  readonly toolUseID: string;
}

type RecordedMessage = Message & {
  readonly timestamp?: string;
  readonly patch?: { readonly end_time?: number };
};

const recordedSession = /"session_id":"([^"]+)"/;

/**
 * What `query` of the SDK did once, again, as a session of its own: hooks are called, and messages come, when they did then, times `pace`; 0 does
 * not wait.
 */
export function recordedQuery(recording: URL, pace: number): Query {
  const text = readFileSync(recording, "utf8").trimEnd();
  const [, session = ""] = recordedSession.exec(text) ?? [];
  return (parameters) => {
    const lines = text.replaceAll(session, randomUUID()).split("\n");
    return play(
      lines.map((line): Line => JSON.parse(line)),
      pace,
      parameters,
    );
  };
}

async function* play(
  lines: readonly Line[],
  pace: number,
  { options }: QueryParameters,
): AsyncGenerator<Message, void> {
  let now = 0;
  for (const line of lines) {
    if (pace > 0) await sleep((line.at - now) * pace);
    now = line.at;
    if ("message" in line) yield happeningNow(line.message);
    else await callHooks(line.hook, options);
  }
}

async function callHooks(
  { input, toolUseID }: HookCall,
  options: QueryParameters["options"],
): Promise<void> {
  const matchers = options?.hooks?.[input.hook_event_name] ?? [];
  for (const { hooks } of matchers) for (const hook of hooks) await hook(input, toolUseID);
}

/** The same message, where it tells a time with the time that it is now. */
function happeningNow(message: RecordedMessage): Message {
  const now = Date.now();
  const { timestamp, patch } = message;
  return {
    ...message,
    ...(timestamp === undefined ? {} : { timestamp: new Date(now).toISOString() }),
    ...(patch?.end_time === undefined ? {} : { patch: { ...patch, end_time: now } }),
  };
}
