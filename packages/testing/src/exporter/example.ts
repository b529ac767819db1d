import {
  type AgentEvent,
  type ContentAnswer,
  type ContentReader,
  contentReader,
  type Exporter,
  type Span,
} from "@spoor/core";
import { foldOf, recordAll } from "../adapter/recorded.ts";
import { exampleDrafts } from "./example-drafts.ts";

/** A batch in both forms, and the content behind it. */
export interface Example {
  readonly spans: readonly Span[];
  readonly events: readonly AgentEvent[];
  readonly content: ContentReader;
}

/** One session in which everything happens that the vocabulary has a word for, recorded by the real recorder. Sessions of another name have other ids. */
export function exampleOf(session: string = "example session"): Example {
  const { events, journal } = recordAll(exampleDrafts(session));
  const tree = foldOf(events);
  const content = contentReader(journal.reader());
  for (const event of events) content.apply(event);
  return { events, content, spans: tree.sessions().flatMap((id) => tree.session(id)?.spans ?? []) };
}

/** The same batch, where every value that was recorded has this to say. */
export function answeringAll(example: Example, answer: ContentAnswer): Example {
  const { content } = example;
  return {
    ...example,
    content: {
      read: (held) => (typeof held === "string" ? answer : content.read(held)),
      sizeOf: () => 0,
      messages: (context) => content.messages(context),
    },
  };
}

/** The same batch, without the history that its contexts are differences to. */
export function withoutHistory(example: Example): Example {
  return {
    ...example,
    content: {
      read: (held) => example.content.read(held),
      sizeOf: (held) => example.content.sizeOf(held),
      messages: () => null,
    },
  };
}

export type Item = Span | AgentEvent;

/** What of an example this exporter is given. */
export function itemsFor({ consumes }: Exporter, { spans, events }: Example): readonly Item[] {
  return consumes === "spans" ? spans : events;
}

/** Without all of its content where `content` is null. Nothing is caught. */
export function exportOf(
  exporter: Exporter,
  example: Example,
  given: { readonly content?: null; readonly signal?: AbortSignal } = {},
): Promise<void> {
  const context = {
    signal: given.signal ?? new AbortController().signal,
    content: given.content === null ? null : example.content,
  };
  return exporter.consumes === "spans"
    ? exporter.export(example.spans, context)
    : exporter.export(example.events, context);
}

export const nothing: Example = {
  spans: [],
  events: [],
  content: { read: () => ({ kind: "missing" }), sizeOf: () => 0, messages: () => null },
};
