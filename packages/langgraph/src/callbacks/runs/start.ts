import type { EventDraft, JsonValue, Key } from "@spoor/core";
import { goesOn, resumesWith } from "../flow/command.ts";
import type { Content } from "../content/content.ts";
import { providerOf } from "../model/request.ts";
import type { Fields, StartedCallback } from "../native.ts";
import { openingOf } from "./opening.ts";
import { known, nameOf, textOf } from "../reading.ts";
import type { RunRole } from "./run-role.ts";
import { roleOf } from "./run-role.ts";
import type { Run, Runs, Turn } from "./runs.ts";
import { isStep, namespaceOf, threadOf } from "./runs.ts";
import { said } from "../said.ts";

/** A run that starts: an opening under the nearest recorded span, nothing for plumbing, and for a root its turn before that. */
export function started(
  native: StartedCallback,
  runs: Runs,
  content: Content,
  frameworkVersion: string | undefined,
): readonly EventDraft[] {
  if (runs.find(native.runId) !== undefined) return [];
  const parent = runs.parentOf(native);
  if (parent === undefined) return rootStarted(native, runs, content, frameworkVersion);
  const role = roleOf(native, isStep(parent));
  const run = place(native, parent.turn, parent, role, parent.span);
  runs.add(run);
  if (role.opens === null) return [];
  const input = inputOf(native, content);
  return [openingOf(native, run, parent.span, input, content)];
}

function rootStarted(
  native: StartedCallback,
  runs: Runs,
  content: Content,
  frameworkVersion: string | undefined,
): readonly EventDraft[] {
  const thread = threadOf(native);
  const session = thread ?? native.runId;
  const isNew = !runs.isOpen(session);
  const turn = turnOf(native, session, runs.waitingIn(session), content);
  const run = place(native, turn, null, rootRole(native), turn.key);
  runs.openTurn(turn);
  runs.add(run);
  const input = inputOf(native, content);
  const about = { ...said(native, turn), ...labelsOf(native) };
  const sessionStarted: EventDraft = {
    type: "session.started",
    ...about,
    on: null,
    mark: "session",
    framework: "langgraph",
    ...known({ frameworkVersion, inferred: thread === undefined ? (true as const) : undefined }),
  };
  const turnStarted: EventDraft = {
    type: "turn.started",
    ...about,
    key: turn.key,
    name: nameOf(native.runName, native.classPath.at(-1)),
    ...known({
      input,
      resumes: turn.resumes === undefined ? undefined : (true as const),
      native: addressedCheckpoint(native.metadata),
    }),
  };
  const opening = openingOf(native, run, turn.key, input, content);
  return isNew ? [sessionStarted, turnStarted, opening] : [turnStarted, opening];
}

/** What would be plumbing below a root is what the caller ran. */
function rootRole(native: StartedCallback): RunRole {
  const role = roleOf(native, false);
  return role.opens === null ? { opens: "work", kind: "workflow" } : role;
}

function turnOf(
  native: StartedCallback,
  session: string,
  waiting: Turn | null,
  content: Content,
): Turn {
  const inputs = native.kind === "chain.started" ? native.inputs : undefined;
  const command = resumesWith(inputs);
  const addressed = addressedCheckpoint(native.metadata) !== undefined;
  const continues = command !== undefined || (waiting !== null && !addressed && goesOn(inputs));
  return {
    session,
    key: `turn@${native.runId}`,
    rootRunId: native.runId,
    ...(continues ? { resumes: { answer: content.json(command?.answer) } } : {}),
    resolved: false,
    suspended: false,
    ended: false,
    unannounced: [],
    requesters: new Map(continues ? waiting?.requesters : []),
    attempts: new Map(),
    runIds: [],
  };
}

function place(
  native: StartedCallback,
  turn: Turn,
  parent: Run | null,
  role: RunRole,
  above: Key,
): Run {
  return {
    runId: native.runId,
    turn,
    parent,
    role,
    span: role.opens === null ? above : native.runId,
    threadId: threadOf(native),
    checkpointNamespace: namespaceOf(native),
    provider: native.kind === "model.started" ? providerOf(native) : undefined,
    ended: false,
    suspended: false,
    handedOver: false,
    notes: 0,
  };
}

function inputOf(native: StartedCallback, content: Content): JsonValue | undefined {
  switch (native.kind) {
    case "chain.started":
      return content.json(native.inputs);
    case "tool.started":
      return content.json(parsedArguments(native.input));
    case "retriever.started":
      return content.json(native.query);
    case "model.started":
      return undefined;
    default:
      return native satisfies never;
  }
}

/** LangChain passes a tool's arguments as JSON text, and anything that is no JSON as it came. */
function parsedArguments(input: unknown): unknown {
  if (typeof input !== "string") return input;
  try {
    return JSON.parse(input);
  } catch {
    return input;
  }
}

/** The caller went back to a checkpoint: a fork or a replay, not the thread's next turn. */
function addressedCheckpoint(metadata: Fields): JsonValue | undefined {
  const checkpointId = textOf(metadata["checkpoint_id"]);
  return checkpointId === undefined ? undefined : { checkpointId };
}

const machinery = /^(?:graph:step|seq:step|map:key|retry:attempt|langsmith):/;

function labelsOf({ metadata, tags }: StartedCallback): {
  readonly userId?: string;
  readonly tags?: readonly string[];
} {
  const given = tags.filter((tag) => !machinery.test(tag)).map((tag) => tag.slice(0, 200));
  return known({
    userId: textOf(metadata["user_id"]) ?? textOf(metadata["userId"]),
    tags: given.length === 0 ? undefined : given,
  });
}
