import type { Place } from "../../page-data.ts";
import type { Absence, CallContext } from "./call-contexts.ts";
import { difference } from "./difference.ts";
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

/** What is not as it was. What was cut and what was added in one place, as many of each and by the same speakers, is one replaced by the other. */
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
  const rows: ContextRow[] = [];
  let [kept, old, fresh] = [0, 0, 0];
  let [cut, added]: [Numbered[], Numbered[]] = [[], []];
  const settleChanges = (): void => {
    rows.push(...replacements(model, cut, added));
    [cut, added] = [[], []];
  };
  const settleKept = (): void => {
    if (kept > 0) rows.push({ kind: "kept", messages: kept });
    kept = 0;
  };
  for (const { kind, item: place } of difference(before, after)) {
    if (kind === "kept") settleChanges();
    else settleKept();
    if (kind === "cut") cut.push({ number: old, place });
    if (kind === "added") added.push({ number: fresh, place });
    if (kind === "kept") kept += 1;
    if (kind !== "added") old += 1;
    if (kind !== "cut") fresh += 1;
  }
  settleChanges();
  settleKept();
  return rows;
}

function replacements(
  model: SessionModel,
  cut: readonly Numbered[],
  added: readonly Numbered[],
): readonly ContextRow[] {
  const gone = cut.map((one) => messageRow(model, one, "cut"));
  const fresh = added.map((one) => messageRow(model, one, "added"));
  const isReplaced =
    gone.length === fresh.length && gone.every(({ role }, index) => role === fresh[index]?.role);
  if (!isReplaced) return [...gone, ...fresh];
  return fresh.map((row, index) => ({
    ...row,
    change: "replaced",
    before: gone[index]?.text ?? -1,
  }));
}

export const absenceText = (absence: Absence): string =>
  absence === "not recorded"
    ? "Nobody recorded what this call was sent, and this page does not put it together: spoor show --context does."
    : "A part of what this call was sent is not in the journal any more.";
