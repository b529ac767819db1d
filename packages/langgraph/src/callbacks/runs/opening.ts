import type { DraftOf, JsonValue, Key, WorkKind } from "@spoor/core";
import type { Content } from "../content/content.ts";
import { parametersOf, providerOf, requestModelOf } from "../model/request.ts";
import type { ModelStarted, StartedCallback } from "../native.ts";
import { known, nameOf, textOf } from "../reading.ts";
import type { Run } from "./runs.ts";
import { isStep } from "./runs.ts";
import { said } from "../said.ts";

type Opening = DraftOf<"work.started" | "model.started" | "tool.started">;

/** The opening of a run that has a span of its own. Counts attempts, so it is asked once a run. */
export function openingOf(
  native: StartedCallback,
  run: Run,
  parent: Key,
  input: JsonValue | undefined,
  content: Content,
): Opening {
  const opening = {
    ...said(native, run.turn),
    key: run.span,
    parent,
    name: nameOf(native.runName, native.classPath.at(-1)),
    ...known({ agent: textOf(native.metadata["lc_agent_name"])?.slice(0, 200), input }),
  };
  switch (native.kind) {
    case "model.started":
      return { type: "model.started", ...opening, ...requestOf(native, content) };
    case "tool.started": {
      const toolCallId = native.toolCallId;
      const causedBy = run.turn.requesters.get(toolCallId ?? "");
      return { type: "tool.started", ...opening, ...known({ toolCallId, causedBy }) };
    }
    case "chain.started":
    case "retriever.started":
      return {
        type: "work.started",
        ...opening,
        kind: workKindOf(run),
        ...(isStep(run) ? taskOf(native, run, content) : {}),
      };
    default:
      return native satisfies never;
  }
}

function workKindOf({ role }: Run): WorkKind {
  return role.opens === "work" ? role.kind : "other";
}

function requestOf(
  native: ModelStarted,
  content: Content,
): Pick<
  DraftOf<"model.started">,
  "provider" | "requestModel" | "context" | "parameters" | "attempt"
> {
  return {
    ...known({
      provider: providerOf(native),
      requestModel: requestModelOf(native),
      parameters: parametersOf(native, content),
      attempt: retryOf(native.tags),
    }),
    context: {
      ...known({ tools: content.tools(native.invocationParams["tools"]) }),
      messages: native.messages.map((message) => content.message(message)),
    },
  };
}

function retryOf(tags: readonly string[]): number | undefined {
  const attempt = tags.map((tag) => /^retry:attempt:(\d{1,6})$/.exec(tag)?.[1]).find(Boolean);
  return attempt === undefined ? undefined : Number(attempt);
}

/** Where a node stands in its graph. Runs of one task under one graph are attempts; the first has no number until there is a second. */
function taskOf(
  { metadata }: StartedCallback,
  run: Run,
  content: Content,
): Pick<DraftOf<"work.started">, "attempt" | "native"> {
  const namespace = run.checkpointNamespace;
  const native = content.json({
    step: metadata["langgraph_step"],
    triggers: metadata["langgraph_triggers"],
    path: metadata["langgraph_path"],
    checkpointNs: namespace,
    taskId: namespace?.slice(namespace.lastIndexOf(":") + 1),
  });
  const { attempts } = run.turn;
  const task = `${run.parent?.runId ?? ""} ${namespace ?? run.runId}`;
  const attempt = (attempts.get(task) ?? 0) + 1;
  attempts.set(task, attempt);
  return known({ native, attempt: attempt === 1 ? undefined : attempt });
}
