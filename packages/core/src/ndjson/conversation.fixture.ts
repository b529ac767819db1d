import * as fc from "fast-check";
import { contentReader } from "../journal/context-book.ts";
import type { ContentReader } from "../journal/content.ts";
import { createRunTree } from "../run-tree/run-tree.ts";
import { sessionReport } from "../report/session-report.ts";
import type { SessionReport } from "../report/report.ts";
import { arbitrarySession } from "../testing-kit/arbitrary-session.ts";
import { record } from "../testing-kit/recording.ts";
import type { AgentEvent, EventDraft, FullContext } from "../vocabulary/event.ts";
import type { JsonValue } from "../vocabulary/json.ts";
import { type NdjsonRecord, readNdjson } from "./read.ts";

/** What a journal holds of a conversation. */
export interface Conversation {
  readonly events: readonly AgentEvent[];
  readonly content: ContentReader;
}

const secret = "secret";

/** Some values are withheld, because the redactor throws at them. */
const redact = (value: JsonValue): JsonValue => {
  if (JSON.stringify(value).includes(secret)) throw new Error("no");
  return value;
};

export function recorded(drafts: readonly EventDraft[]): Conversation {
  const { events, journal } = record(drafts, { redact: { profile: "no secrets", redact } });
  const content = contentReader(journal.reader());
  for (const event of events) content.apply(event);
  return { events, content };
}

const said: fc.Arbitrary<JsonValue> = fc.constantFrom<JsonValue>(
  "hello",
  "line\u2028separator",
  { role: "user", content: secret },
  { role: "assistant", content: [{ text: "é\n" }] },
  null,
  [],
);
const step = fc.record({ says: fc.array(said, { maxLength: 4 }), forgets: fc.nat(3) });

/** A session whose model calls are sent a list of messages that grows, and at times loses some that came after the first. */
export const arbitraryConversation: fc.Arbitrary<Conversation> = fc
  .tuple(arbitrarySession(), fc.array(step, { minLength: 1, maxLength: 8 }))
  .map(([{ drafts }, steps]) => {
    let messages: readonly JsonValue[] = ["instructions"];
    let calls = 0;
    const sent = (): FullContext => {
      const { says, forgets } = steps[calls % steps.length] ?? { says: [], forgets: 0 };
      messages = [...messages.slice(0, 1), ...messages.slice(1 + forgets), ...says, (calls += 1)];
      return { messages, ...(calls % 2 === 0 ? { tools: ["search"] } : {}) };
    };
    return recorded(
      drafts.map((draft) =>
        draft.type === "model.started" ? { ...draft, context: sent() } : draft,
      ),
    );
  });

export function reportOf(
  events: readonly AgentEvent[],
  content: ContentReader,
): readonly SessionReport[] {
  const tree = createRunTree();
  for (const event of events) tree.apply(event);
  return tree.sessions().flatMap((id) => {
    const view = tree.session(id);
    return view ? [sessionReport(view, content)] : [];
  });
}

export interface Read {
  readonly events: readonly AgentEvent[];
  readonly record: NdjsonRecord;
}

/** To the end. */
export async function allOf(record: NdjsonRecord): Promise<readonly AgentEvent[]> {
  const events: AgentEvent[] = [];
  for await (const event of record) events.push(event);
  return events;
}

/** Reads files whole, one after the other. */
export async function readBack(texts: readonly string[]): Promise<Read> {
  const record = readNdjson(texts.flatMap((text) => text.split("\n")));
  return { events: await allOf(record), record };
}
