import type { PageSpan, Status } from "../../page-data.ts";
import { span } from "../element.ts";

/** A letter-sized sign for what kind of work it is: shape tells, colour only repeats it. */
const signs: Readonly<Record<PageSpan["kind"], string>> = {
  turn: "\u25B8",
  model: "\u25CF",
  tool: "\u25A0",
  agent: "\u25C6",
  workflow: "\u25C7",
  task: "\u25C7",
  step: "\u25AB",
  plan: "\u25B7",
  retrieval: "\u25A1",
  memory: "\u25A3",
  guardrail: "\u25B3",
  compaction: "\u25D0",
  other: "\u00B7",
};

export const signOf = (kind: PageSpan["kind"]): string => signs[kind] ?? "\u00B7";

export const kindSign = (kind: PageSpan["kind"]): HTMLSpanElement => {
  const sign = span(`sign ${kind}`, signOf(kind));
  sign.setAttribute("aria-hidden", "true");
  return sign;
};

/** Only what is out of the ordinary is said. */
export const statusWord = (status: Status): HTMLSpanElement | null =>
  status === "ok" ? null : span(`status ${status}`, status);
