import { closeSync, openSync, writeSync } from "node:fs";
import { createObserver, type EventDraft, type JsonObject } from "@spoor/core";
import type { Extent } from "./benchmark.ts";
import { closeComplete } from "./complete.ts";
import { texts } from "./texts.ts";

const turnsInSession = 10;
const callsInTurn = 3;
const atOnce = 40;
const users = 500;
/** So many events come in a day: one every 86 ms. */
const dayEvents = 1_000_000;
const dayMs = 86_400_000;
const begin = Date.parse("2026-03-02T00:00:00Z");

export const tools = ["read", "search", "edit", "run", "fetch", "ask"] as const;
export const sessionName = (session: number): string => `session-${session}`;
export const userName = (session: number): string => `user-${session % users}@example.com`;
/** What the user speaks of in every turn of this session, and in no other one. */
export const ticketName = (session: number): string => `ticket${session}x`;

/** What lies in a folder. */
export interface History {
  readonly events: number;
  readonly sessions: number;
  /** Turns, calls to a model and to tools. */
  readonly spans: number;
  /** Milliseconds since the epoch. */
  readonly begin: number;
  readonly end: number;
}

const eventsInTurn = 2 + 5 * callsInTurn;
const eventsInSession = 1 + turnsInSession * eventsInTurn;

/** Of at least so many events: whole sessions. */
export function historyOf(events: number): History {
  const sessions = Math.ceil(events / eventsInSession);
  const all = sessions * eventsInSession;
  const spans = sessions * turnsInSession * (1 + 2 * callsInTurn);
  return { events: all, sessions, spans, begin, end: begin + (all / dayEvents) * dayMs };
}

/** What a case begins with, and leaves out of its figures. */
export const warmUpHistory: History = historyOf(20_000);

/** What it measures, the lesser one first. */
export const histories = (extent: Extent): readonly History[] =>
  (extent === "large" ? [200_000, 1_000_000] : [200_000]).map(historyOf);

/** What a plain logger writes of each event: what was said, and when. What a call was sent before is not said again. */
export type PlainLine = EventDraft & { readonly at: { readonly ms: number } };

/**
 * Records a history: sessions of several users with their questions, a growing context, tools with arguments and results, some going on at
 * the same time, spread over days. Nothing is redacted, to have it sooner. The same each time but for its keys. `plain`: a file that gets the same as
 * NDJSON.
 */
export async function recordHistory(
  dir: string,
  { events, sessions }: History,
  plain?: string,
): Promise<void> {
  let recorded = 0;
  const clock = (): number => begin + (recorded / dayEvents) * dayMs;
  const file = plain === undefined ? null : openSync(plain, "w");
  const observer = createObserver({
    journal: { dir, maxBytes: null, acknowledge: "memory" },
    redact: "off",
    clock,
  });
  const record = (draft: EventDraft): void => {
    recorded += 1;
    observer.emit(draft);
    if (file === null) return;
    const said = draft.type === "model.started" ? { ...draft, context: undefined } : draft;
    writeSync(file, `${JSON.stringify({ ...said, at: { ms: clock() } })}\n`);
  };
  const text = texts();
  for (let first = 0; first < sessions; first += atOnce) {
    const talks = Array.from({ length: Math.min(atOnce, sessions - first) }, (_, index) =>
      talk(first + index, text),
    );
    for (let turn = 0; turn <= turnsInSession; turn += 1)
      for (const drafts of talks) for (const draft of drafts.next().value ?? []) record(draft);
    await observer.flush();
  }
  await closeComplete(observer);
  if (file !== null) closeSync(file);
  if (recorded !== events) throw new Error(`expected ${events} events, received ${recorded}`);
}

/** First what begins a session, then its turns. */
function* talk(
  session: number,
  said: (length: number) => string,
): Generator<readonly EventDraft[], undefined> {
  const about = { session: sessionName(session), source: "callback" } as const;
  const messages: JsonObject[] = [];
  yield [
    {
      ...about,
      type: "session.started",
      on: null,
      mark: "started",
      framework: "bench",
      userId: userName(session),
    },
  ];
  for (let turn = 0; turn < turnsInSession; turn += 1) {
    const key = `turn-${turn}`;
    const question = `About ${ticketName(session)}: ${said(100)}`;
    messages.push({ role: "user", content: question });
    const drafts: EventDraft[] = [
      { ...about, type: "turn.started", key, name: "assistant", input: question },
    ];
    for (let call = 0; call < callsInTurn; call += 1) {
      const model = `${key}-msg-${call}`;
      const tool = `${key}-toolu-${call}`;
      const name = tools[(session + turn + call) % tools.length] ?? "read";
      const thought = said(160);
      const result = said(260);
      drafts.push(
        {
          ...about,
          type: "model.started",
          key: model,
          parent: key,
          name: "claude-sonnet-5",
          provider: "anthropic",
          requestModel: "claude-sonnet-5",
          context: { messages: [...messages] },
        },
        {
          ...about,
          type: "usage.reported",
          on: model,
          mark: "final",
          basis: "call",
          usage: { input: 12, cacheRead: 4_125, cacheWrite: 310, output: 87, reasoning: null },
          final: true,
        },
        {
          ...about,
          type: "model.ended",
          key: model,
          outcome: { status: "ok" },
          model: "claude-sonnet-5",
          output: thought,
        },
        {
          ...about,
          type: "tool.started",
          key: tool,
          parent: key,
          causedBy: model,
          name,
          toolCallId: tool,
          input: { path: `src/${said(20)}.ts` },
        },
        call === 1 && turn === 4
          ? {
              ...about,
              type: "tool.ended",
              key: tool,
              outcome: { status: "error", errorType: "NotFound" },
              output: result,
            }
          : { ...about, type: "tool.ended", key: tool, outcome: { status: "ok" }, output: result },
      );
      messages.push({ role: "assistant", content: thought }, { role: "tool", content: result });
    }
    drafts.push({ ...about, type: "turn.ended", key, outcome: { status: "ok" } });
    yield drafts;
  }
  return undefined;
}
