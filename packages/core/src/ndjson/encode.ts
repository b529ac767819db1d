import type { ContentAnswer, ContentReader } from "../journal/content.ts";
import { contentFieldsOf } from "../vocabulary/content-fields.ts";
import type { AgentEvent, Held } from "../vocabulary/event.ts";
import { becameText } from "./became.ts";

/** Names of what a file tells already: references, and the ids of calls whose whole context follows from its lines. */
export interface Told {
  has(name: string): boolean;
}

export interface Encoded {
  /** Whole lines. */
  readonly text: string;
  /** Names of what the file tells once the text stands in it. */
  readonly tells: ReadonlySet<string>;
}

/** A batch as lines. Each reference is explained where the file does not tell of it yet; without a content reader, nowhere. */
export function encode(
  batch: readonly AgentEvent[],
  content: ContentReader | null,
  told: Told,
): Encoded {
  const tells = new Set<string>();
  const file: File = {
    has: (name) => tells.has(name) || told.has(name),
    add: (name) => void tells.add(name),
  };
  const lines = batch.map((event) => `${onOneLine(lineOf(event, content, file))}\n`);
  return { text: lines.join(""), tells };
}

interface File extends Told {
  add(name: string): void;
}

function lineOf(event: AgentEvent, content: ContentReader | null, file: File): string {
  const text = JSON.stringify(event);
  if (!content) return text;
  const messages = messagesBehind(event, content, file);
  const values = valuesOf(heldBy(event, messages), content, file);
  return [
    text.slice(0, -1),
    ...(messages ? [`"messages":${JSON.stringify(messages)}`] : []),
    ...(values.length > 0 ? [`"values":{${values.join()}}`] : []),
  ]
    .join()
    .concat("}");
}

/**
 * The whole list behind a context, where it does not follow from the lines of this file: it builds on a call of another file, or lies in a list
 * of its own, which is no value that anybody said.
 */
function messagesBehind(
  event: AgentEvent,
  content: ContentReader,
  file: File,
): readonly Held[] | null {
  if (event.type !== "model.started" || !event.context) return null;
  const { from, add } = event.context;
  const follows = typeof add !== "string" && (from === null || file.has(from));
  const messages = follows ? null : content.messages(event.context);
  if (follows || messages) file.add(event.id);
  return messages;
}

function heldBy(event: AgentEvent, messages: readonly Held[] | null): readonly Held[] {
  const fields = event as unknown as Readonly<Record<string, Held | undefined>>;
  const held = contentFieldsOf(event.type).flatMap((field) => fields[field] ?? []);
  if (event.type !== "model.started" || !event.context) return held;
  const { instructions, tools, add } = event.context;
  const said = messages ?? (typeof add === "string" ? [] : add);
  return [...held, instructions, tools, ...said].filter((one) => one !== undefined);
}

function valuesOf(held: readonly Held[], content: ContentReader, file: File): readonly string[] {
  const values: string[] = [];
  for (const ref of new Set(held)) {
    if (typeof ref === "object" || file.has(ref)) continue;
    const answer = content.read(ref);
    if (isSettled(answer)) file.add(ref);
    values.push(`${JSON.stringify(ref)}:${becameText(answer)}`);
  }
  return values;
}

/** What is missing now may be there when it is referred to again. */
const isSettled = ({ kind }: ContentAnswer): boolean => kind !== "missing";

/** JSON text may hold separators that some readers of lines take for the end of one. */
const onOneLine = (json: string): string =>
  json.replaceAll(
    /[\u0085\u2028\u2029]/g,
    (separator) => `\\u${separator.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
