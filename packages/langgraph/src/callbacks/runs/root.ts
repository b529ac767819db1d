import type { DraftOf, EventDraft, JsonValue } from "@spoor/core";
import { ToolCalls } from "../calls/tool-calls.ts";
import type { Content } from "../content/content.ts";
import type { Continuation } from "../flow/continuation.ts";
import { continuationOf } from "../flow/continuation.ts";
import type { Fields, StartedCallback } from "../native.ts";
import { known, textOf } from "../reading.ts";
import { said } from "../said.ts";
import { causeOf } from "./cause.ts";
import { inputOf } from "./input.ts";
import { carrierIn, labelsOf, sessionIn } from "./metadata.ts";
import { openingOf } from "./opening.ts";
import { placedAtRoot } from "./place.ts";
import { isStateUpdate } from "./run-role.ts";
import type { Runs } from "./runs.ts";
import type { Turn } from "./turn.ts";

/** A run that nobody called: its session where that is new, its turn, and the run itself. */
export function rootStarted(
  native: StartedCallback,
  runs: Runs,
  content: Content,
  frameworkVersion: string | undefined,
): readonly EventDraft[] {
  const conversation = sessionIn(native.metadata);
  const session = conversation ?? native.runId;
  const thread = runs.threads.thread(session);
  const continuation = continuationOf(native, thread, content);
  const turn = turnOf(native, session, continuation, runs);
  const run = placedAtRoot(native, turn);
  runs.threads.begin(turn);
  runs.add(run);
  const about = { ...said(native, turn), ...labelsOf(native) };
  const sessionStarted: EventDraft = {
    type: "session.started",
    ...about,
    on: null,
    mark: "session",
    framework: "langgraph",
    ...known({
      frameworkVersion,
      inferred: conversation === undefined ? (true as const) : undefined,
    }),
  };
  const input = inputOf(native, run, content);
  const turnStarted: EventDraft = {
    type: "turn.started",
    ...about,
    key: turn.key,
    name: run.name,
    ...known({ input, native: addressedCheckpoint(native.metadata) }),
    ...originOf(native, continuation),
  };
  const opening = openingOf(native, run, causeOf(native, run, runs), input, content);
  return thread.isKnown ? [turnStarted, opening] : [sessionStarted, turnStarted, opening];
}

/** Where a turn comes from: what it goes on from, and which trace it is to be a part of. A resumed turn has its trace already. */
function originOf(
  native: StartedCallback,
  { resumes, links = [] }: Continuation,
): Pick<DraftOf<"turn.started">, "resumes" | "parent" | "links" | "trigger"> {
  const parent = carrierIn(native.metadata);
  const cause = resumes && parent ? [{ kind: "cause", carrier: parent } as const] : [];
  const all = [...links, ...cause];
  return known({
    resumes,
    parent,
    links: all.length === 0 ? undefined : all,
    trigger: isStateUpdate(native) ? "state update" : undefined,
  });
}

function turnOf(
  native: StartedCallback,
  session: string,
  continuation: Continuation,
  runs: Runs,
): Turn {
  const goesOn = continuation.resumes !== undefined;
  const waiting = goesOn ? runs.threads.waitingIn(session) : null;
  return {
    session,
    key: `turn@${native.runId}`,
    rootRunId: native.runId,
    continuation,
    calls: waiting?.calls ?? new ToolCalls(),
    resolved: false,
    suspended: false,
  };
}

/** The checkpoint that the caller went back to. */
function addressedCheckpoint(metadata: Fields): JsonValue | undefined {
  const checkpointId = textOf(metadata["checkpoint_id"]);
  return checkpointId === undefined ? undefined : { checkpointId };
}
