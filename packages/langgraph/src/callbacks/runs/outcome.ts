import type { Outcome } from "@spoor/core";
import { isRecord } from "@spoor/core";
import { targetsOf } from "../flow/command.ts";
import { listOf, nameOf, textOf } from "../reading.ts";

/** How a run that threw is to be understood: not all that is thrown is an error. */
export interface Thrown {
  readonly outcome: Outcome;
  /** What it said. */
  readonly detail?: string;
  /** What a person or a program has to answer before the graph goes on. */
  readonly interrupts: readonly unknown[];
  /** The nodes of an outer graph that go on instead. */
  readonly handsTo: readonly string[];
}

const calm = { interrupts: [], handsTo: [] };

/** LangGraph marks what it throws for control flow, across package copies; nothing is told by class or by name alone. */
export function thrown(error: unknown): Thrown {
  if (!isRecord(error)) {
    const errorType = nameOf(typeof error);
    const message = typeof error === "string" ? error : "";
    return { ...calm, outcome: { status: "error", errorType }, detail: message };
  }
  const name = nameOf(error["name"], error["$error"], "Error");
  const detail = textOf(error["message"]) ?? "";
  if (error["is_bubble_up"] === true) {
    if (error["command"] !== undefined)
      return { ...calm, outcome: { status: "ok" }, handsTo: targetsOf(error["command"]) };
    const interrupts = listOf(error["interrupts"]);
    const suspended = { outcome: { status: "suspended" }, handsTo: [], interrupts } as const;
    return interrupts.length === 0 ? { ...suspended, detail } : suspended;
  }
  if (isAbort(name, detail)) return { ...calm, outcome: { status: "cancelled" }, detail };
  return { ...calm, outcome: { status: "error", errorType: name }, detail };
}

/** The graph's own run says no more than "Abort" where its nodes say AbortError. */
function isAbort(name: string, message: string): boolean {
  return (
    name === "AbortError" || name === "ModelAbortError" || (name === "Error" && message === "Abort")
  );
}
