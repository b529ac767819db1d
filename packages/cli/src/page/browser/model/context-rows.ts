import type { Place } from "../../page-data.ts";
import type { Absence, CallContext } from "./call-contexts.ts";
import { type Compared, listChanges } from "@spoor/core/report/text";
import { wordsBehind } from "../words.ts";
import type { SessionModel } from "./session-model.ts";

/** One line of what a call was sent: a part of it, or how much stayed as it was. */
export type ContextRow = ContextPart | { readonly kind: "kept"; readonly messages: number };

export interface ContextPart {
  readonly kind: "part";
  /** The instructions, the definitions of tools, or a message by its number. */
  readonly part: "instructions" | "tools" | number;
  readonly role: string;
  readonly text: Place;
  readonly change: "none" | "cut" | "added" | "replaced";
  /** What it was before, where it was replaced. */
  readonly before?: Place;
  /** Where it was said, and when it was first sent. */
  readonly span?: Place;
  readonly turn?: number;
}

/** All of it, in the order in which it was sent. */
export function wholeRows(model: SessionModel, context: CallContext): readonly ContextRow[] {
  const { instructions, tools, messages } = context;
  return [
    ...partRows("instructions", undefined, instructions, "none"),
    ...partRows("tools", undefined, tools, "none"),
    ...messages.map((place, number) => messageRow(model, { place, number }, "none")),
  ];
}

/** What is not as it was, as `spoor show --diff` finds it. */
export function changedRows(
  model: SessionModel,
  before: CallContext,
  after: CallContext,
): readonly ContextRow[] {
  return [
    ...partRows("instructions", before.instructions, after.instructions, "added"),
    ...partRows("tools", before.tools, after.tools, "added"),
    ...messageChanges(model, before.messages, after.messages),
  ];
}

function partRows(
  part: "instructions" | "tools",
  before: Place | undefined,
  after: Place | undefined,
  change: "none" | "added",
): readonly ContextRow[] {
  const text = after ?? before;
  if (text === undefined || before === after) return [];
  const row = { kind: "part", part, role: part, text } as const;
  if (after === undefined) return [{ ...row, change: "cut" }];
  return [before === undefined ? { ...row, change } : { ...row, change: "replaced", before }];
}

interface Numbered {
  readonly place: Place;
  readonly number: number;
}

function messageRow(
  { messageAt }: SessionModel,
  { place, number }: Numbered,
  change: ContextPart["change"],
): ContextPart {
  const { text = -1, role = "message", span, turn } = messageAt(place) ?? {};
  return {
    kind: "part",
    part: number,
    role,
    text,
    change,
    ...(span === undefined ? {} : { span }),
    ...(turn === undefined ? {} : { turn }),
  };
}

function messageChanges(
  model: SessionModel,
  before: readonly Place[],
  after: readonly Place[],
): readonly ContextRow[] {
  const changes = listChanges(before.map(numbered), after.map(numbered), (one) =>
    comparedBy(model, one),
  );
  return changes.map((one): ContextRow => {
    switch (one.change) {
      case "kept":
        return { kind: "kept", messages: one.count };
      case "replaced": {
        const { text } = messageRow(model, one.before, "cut");
        return { ...messageRow(model, one.after, "replaced"), before: text };
      }
      default:
        return messageRow(model, one.item, one.change);
    }
  });
}

const numbered = (place: Place, number: number): Numbered => ({ place, number });

/** A message of the page is one saying: it has a place of its own for each text, speaker and span. */
function comparedBy({ messageAt, textAt }: SessionModel, { place }: Numbered): Compared {
  const { text: at, role = null, span } = messageAt(place) ?? {};
  const text = textAt(at);
  return {
    name: place,
    role,
    saidIn: span,
    size: text ? (text.cutFrom ?? text.text.length) : 0,
    value: () => (text ? wordsBehind(text) : null),
  };
}

export const absenceText = (absence: Absence): string =>
  absence === "not recorded"
    ? "Nobody recorded what this call was sent, and this page does not put it together: spoor show --context does."
    : "A part of what this call was sent is not in the journal any more.";
