import { callsGivenTo } from "../calls/asked-call.ts";
import { providerOf } from "../model/request.ts";
import type { StartedCallback } from "../native.ts";
import { nameOf } from "../reading.ts";
import { agentOf } from "./agent.ts";
import { attemptOf } from "./attempt.ts";
import { requestOf } from "./model-request.ts";
import type { Run } from "./run.ts";
import { isStep, namespaceOf } from "./run.ts";
import type { RunRole } from "./run-role.ts";
import { roleOf, rootRoleOf } from "./run-role.ts";
import type { Runs } from "./runs.ts";
import { sessionIn } from "./metadata.ts";
import type { Turn } from "./turn.ts";

/** A run below another one, in that one's turn. */
export function placedUnder(parent: Run, native: StartedCallback, runs: Runs): Run {
  const role = roleOf(native, isStep(parent));
  const host = hostOf(parent);
  const run: Run = {
    ...placed(native, role, parent.turn),
    parent,
    span: role.opens === null ? parent.span : native.runId,
    attempt: attemptOf(native, { parent, host, runs }),
    agent: agentOf(native, role, parent),
  };
  if (native.kind === "model.started") host.latestModel = run;
  if (isStep(run) && native.kind === "chain.started") run.given = callsGivenTo(native.inputs);
  return run;
}

/** A run that nobody called: its turn stands around it. */
export function placedAtRoot(native: StartedCallback, turn: Turn): Run {
  const role = rootRoleOf(native);
  return {
    ...placed(native, role, turn),
    parent: null,
    span: native.runId,
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
    ...(isModel ? { request: requestOf(native) } : {}),
    latestModel: null,
    given: [],
    ended: false,
    failed: false,
    suspended: false,
    notes: 0,
  };
}

/** The run whose span this one's would hang below. */
function hostOf(run: Run): Run {
  let host = run;
  while (host.role.opens === null && host.parent !== null) host = host.parent;
  return host;
}
