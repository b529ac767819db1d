import type { DraftOf, EventDraft, JsonValue } from "@spoor/core";
import { ToolCalls } from "../calls/tool-calls.ts";
import type { Content } from "../content/content.ts";
import type { Continuation } from "../flow/continuation.ts";
import { continuationOf } from "../flow/continuation.ts";
import { overtakes } from "../flow/unanswered.ts";
import type { Fields, StartedCallback } from "../native.ts";
import { known, nameOf, textOf } from "../reading.ts";
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
  const namesakes = namesakesOf(native, runs);
  const key = namesakes === 0 ? native.runId : `${native.runId}#${namesakes + 1}`;
  const session = conversation ?? key;
  const thread = runs.threads.thread(session);
  const continuation = continuationOf(native, thread, content);
  const goesOn = continuation.resumes !== undefined;
  const waiting = goesOn ? runs.threads.waitingIn(session) : null;
  const turn: Turn = {
    session,
    key: `turn@${key}`,
    name: nameOf(native.runName, native.classPath.at(-1)),
    namesakes,
    ...known({ order: native.order }),
    continuation,
    calls: waiting?.calls ?? new ToolCalls(),
    tasks: [],
    resolved: false,
    suspended: false,
  };
  const run = placedAtRoot(native, key, turn);
  const overtaken = overtakes(native, turn, thread.waiting);
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
  const drafts = [turnStarted, ...overtaken, opening];
  return thread.isKnown ? drafts : [sessionStarted, ...drafts];
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

/** A caller may give several roots one run id: that of his request, or that of the config that he keeps. */
function namesakesOf({ runId }: StartedCallback, runs: Runs): number {
  const earlier = runs.find(runId)?.turn;
  return earlier === undefined ? 0 : earlier.namesakes + 1;
}

/** The checkpoint that the caller went back to. */
function addressedCheckpoint(metadata: Fields): JsonValue | undefined {
  const checkpointId = textOf(metadata["checkpoint_id"]);
  return checkpointId === undefined ? undefined : { checkpointId };
}
