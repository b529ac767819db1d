import { targetsOf } from "../flow/command.ts";
import type { ErrorSaid } from "../flow/error-said.ts";
import { errorSaid } from "../flow/error-said.ts";
import { listOf, memberOf, textOf } from "../reading.ts";

/** How a run that threw is to be understood: not all that is thrown is an error. */
export type Thrown =
  /** It waits until a person or a program has answered. */
  | { readonly kind: "interrupt"; readonly interrupts: readonly unknown[] }
  /** It was asked to stop at the next step, and can go on from there. */
  | { readonly kind: "drain"; readonly reason: string }
  /** Nodes of an outer graph go on instead. */
  | { readonly kind: "handoff"; readonly to: readonly string[] }
  | { readonly kind: "abort"; readonly error: ErrorSaid; readonly partialOutput: unknown }
  | { readonly kind: "error"; readonly error: ErrorSaid };

/**
 * LangGraph marks what it throws for control flow, across package copies; nothing of that is told by class or by name alone.
 *
 * Cancelled is what somebody decided to stop: an AbortError (the caller's signal, a sibling that failed, a node whose time was up), a model's
 * ModelAbortError, and the plain "Abort" that a graph says of itself. A TimeoutError is an error: nobody decided anything, the work did not
 * come to its end in the time that it had, and a tool whose own request timed out throws the very same. What a signal was aborted with
 * otherwise is the application's own error and cannot be told from one.
 */
export function thrown(error: unknown): Thrown {
  try {
    return understood(error);
  } catch {
    return { kind: "error", error: unreadable };
  }
}

const unreadable: ErrorSaid = {
  errorType: "Error",
  message: "",
  text: "something was thrown that cannot be looked at",
  parts: [],
};

function understood(error: unknown): Thrown {
  if (memberOf(error, "is_bubble_up") === true) return controlFlow(error);
  const what = errorSaid(error);
  if (!isAbort(what)) return { kind: "error", error: what };
  return { kind: "abort", error: what, partialOutput: memberOf(error, "partialOutput") };
}

function controlFlow(error: unknown): Thrown {
  const command = memberOf(error, "command");
  if (command !== undefined) return { kind: "handoff", to: targetsOf(command) };
  const reason = textOf(memberOf(error, "reason"));
  if (reason !== undefined) return { kind: "drain", reason };
  return { kind: "interrupt", interrupts: listOf(memberOf(error, "interrupts")) };
}

/** Of the platform, of LangChain, of the clients of providers, of axios. */
const abortNames: ReadonlySet<string> = new Set([
  "AbortError",
  "ModelAbortError",
  "APIUserAbortError",
  "CanceledError",
]);

export function isAbort({ errorType, message }: ErrorSaid): boolean {
  return abortNames.has(errorType) || isGraphAbort({ errorType, message });
}

/** The graph's own run says no more than this where its nodes say why. */
export function isGraphAbort({
  errorType,
  message,
}: Pick<ErrorSaid, "errorType" | "message">): boolean {
  return errorType === "Error" && message === "Abort";
}
