import type { Key } from "@spoor/core";
import { callsGivenTo } from "../calls/asked-call.ts";
import { promptOf } from "../model/prompt.ts";
import { providerOf } from "../model/request.ts";
import type { StartedCallback } from "../native.ts";
import { nameOf } from "../reading.ts";
import { agentOf } from "./agent.ts";
import { attemptOf } from "./attempt.ts";
import { modelRequestOf } from "./model-request.ts";
import type { Run } from "./run.ts";
import { forgetRequest, isOutermost, isStep, namespaceOf } from "./run.ts";
import type { RunRole } from "./run.ts";
import { channelsOf, roleOf, rootRoleOf } from "./run-role.ts";
import type { Runs } from "./runs.ts";
import { sessionIn } from "./metadata.ts";
import type { Turn } from "./turn.ts";

/** A run below another one, in that one's turn. */
export function placedUnder(parent: Run, native: StartedCallback, runs: Runs): Run {
  const role = roleOf(native, parent);
  const host = hostOf(parent);
  const run: Run = {
    ...placed(native, role, parent.turn),
    parent,
    span: role.opens === null ? parent.span : native.runId,
    attempt: attemptOf(native, { parent, host, runs }),
    agent: agentOf(native, role, parent),
  };
  if (native.kind === "chain.started") parent.prompt = promptOf(native) ?? parent.prompt;
  if (native.kind === "model.started") {
    run.prompt = promptOf(native) ?? parent.prompt;
    parent.prompt = undefined;
    forgetRequest(host.latestModel);
    host.latestModel = run;
  }
  if (isStep(run) && native.kind === "chain.started") {
    run.given = callsGivenTo(native.inputs);
    run.channels = channelsOf(native);
  }
  if (isStep(run) && isOutermost(parent)) stepped(parent.turn, native.metadata["langgraph_step"]);
  return run;
}

/** A run that nobody called: its turn stands around it. */
export function placedAtRoot(native: StartedCallback, span: Key, turn: Turn): Run {
  const role = rootRoleOf(native);
  return {
    ...placed(native, role, turn),
    prompt: native.kind === "model.started" ? promptOf(native) : undefined,
    parent: null,
    span,
    attempt: 1,
    agent: agentOf(native, role, null),
  };
}

function placed(
  native: StartedCallback,
  role: RunRole,
  turn: Turn,
): Omit<Run, "parent" | "span" | "attempt" | "agent"> {
  const isModel = native.kind === "model.started";
  return {
    runId: native.runId,
    turn,
    role,
    name: nameOf(native.runName, native.classPath.at(-1)),
    conversation: sessionIn(native.metadata),
    checkpointNamespace: namespaceOf(native),
    provider: isModel ? providerOf(native) : undefined,
    request: isModel ? modelRequestOf(native) : undefined,
    toolCallId: native.kind === "tool.started" ? native.toolCallId : undefined,
    latestModel: null,
    given: [],
    channels: [],
    ended: false,
    failed: false,
    suspended: false,
    notes: 0,
  };
}

function stepped(turn: Turn, step: unknown): void {
  turn.steps = { first: turn.steps === undefined ? step : turn.steps.first, latest: step };
}

/** The run whose span this one's would hang below. */
function hostOf(run: Run): Run {
  let host = run;
  while (host.role.opens === null && host.parent !== null) host = host.parent;
  return host;
}
