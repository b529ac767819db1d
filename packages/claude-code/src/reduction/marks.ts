import type { EventDraft, JsonValue, Key } from "@spoor/core";
import { keptContent } from "../content.ts";
import { fieldsOf, known } from "../narrow.ts";
import { at } from "./session.ts";
import type { Moment, Session } from "./session.ts";

/*
 * What happens at a point in time, on a span or (null) on the session.
 */

const pointIn = ({ head }: Session, on: Key | null, { mark, ms }: Moment) =>
  ({ ...head, on, mark, ...at(ms) }) as const;

/** What is said of a session as such, be it at its beginning or later, by what goes by another mark. */
export const startSession = (
  head: Session["head"],
  mark: string,
  {
    version,
    native,
  }: { readonly version?: string | undefined; readonly native?: JsonValue | undefined } = {},
): EventDraft => ({
  ...head,
  type: "session.started",
  on: null,
  mark,
  framework: "claude-code",
  ...known({ frameworkVersion: version, native }),
});

/** Something that the vocabulary has no word for. */
export const note = (
  session: Session,
  on: Key | null,
  moment: Moment,
  name: string,
  native: JsonValue | undefined,
): EventDraft => ({
  ...pointIn(session, on, moment),
  type: "native.noted",
  name,
  ...known({ native }),
});

/** What the program has to say itself. */
export const log = (
  session: Session,
  on: Key | null,
  moment: Moment,
  level: "error" | "info",
  content: JsonValue,
  native?: JsonValue,
): EventDraft => ({
  ...pointIn(session, on, moment),
  type: "log.written",
  level,
  content,
  ...known({ native }),
});

/** Words that the program has put into the model's mouth, and no call: an API error, or what a local command has to say. */
export const isSynthetic = (message: unknown): boolean =>
  fieldsOf(message)["model"] === "<synthetic>";

/** What it has to say so. */
export const logSynthetic = (
  session: Session,
  on: Key,
  moment: Moment,
  message: unknown,
  failed: boolean,
  native: JsonValue | undefined,
): EventDraft =>
  log(
    session,
    on,
    moment,
    failed ? "error" : "info",
    keptContent(fieldsOf(message)["content"]),
    native,
  );

/** Whether an assistant line holds anything that was said. */
export const isSpoken = (message: unknown): boolean => Array.isArray(fieldsOf(message)["content"]);

/** Something was said to the model: by a user, or by the program in a user's name. */
export const receive = (
  session: Session,
  on: Key,
  moment: Moment,
  role: "user" | "synthetic",
  content: JsonValue,
): EventDraft => ({ ...pointIn(session, on, moment), type: "message.received", role, content });

export interface FailedAttempt {
  readonly errorType: string;
  readonly retryDelayMs?: number | undefined;
  readonly native?: JsonValue | undefined;
}

/** The call in flight will be tried again. */
export const failAttempt = (
  session: Session,
  on: Key | null,
  moment: Moment,
  { errorType, ...facts }: FailedAttempt,
): EventDraft => ({
  ...pointIn(session, on, moment),
  type: "attempt.failed",
  errorType,
  ...known(facts),
});

export interface Fallback {
  readonly choice: string;
  readonly requested: string | undefined;
  readonly why?: string | undefined;
  readonly native?: JsonValue | undefined;
}

/** Another model takes over, for an error or a refusal. */
export const fallBack = (
  session: Session,
  on: Key | null,
  moment: Moment,
  { choice, requested, why, native }: Fallback,
): EventDraft => ({
  ...pointIn(session, on, moment),
  type: "decision.made",
  kind: "model_fallback",
  choice,
  ...known({
    options: requested === undefined ? undefined : [requested, choice],
    why,
    native,
  }),
});
