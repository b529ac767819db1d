import type { DraftOf, JsonValue, Key, WorkKind } from "@spoor/core";
import type { Content } from "../content/content.ts";
import { parametersOf, providerOf, requestModelOf } from "../model/request.ts";
import type { ModelStarted, StartedCallback } from "../native.ts";
import { known } from "../reading.ts";
import { said } from "../said.ts";
import type { Run } from "./run.ts";
import { isStep } from "./run.ts";

type Opening = DraftOf<"work.started" | "model.started" | "tool.started">;

/** The opening of a run that has a span of its own. */
export function openingOf(
  native: StartedCallback,
  run: Run,
  causedBy: Key | undefined,
  input: JsonValue | undefined,
  content: Content,
): Opening {
  const opening = {
    ...said(native, run.turn),
    key: run.span,
    parent: run.parent?.span ?? run.turn.key,
    name: run.name,
    ...known({
      agent: run.agent,
      attempt: run.attempt === 1 ? undefined : run.attempt,
      causedBy,
      input,
    }),
  };
  switch (native.kind) {
    case "model.started":
      return { type: "model.started", ...opening, ...requestOf(native, content), ...run.prompt };
    case "tool.started":
      return { type: "tool.started", ...opening, ...known({ toolCallId: native.toolCallId }) };
    case "chain.started":
    case "retriever.started": {
      const place = isStep(run) ? placeOf(native, run, content) : undefined;
      return {
        type: "work.started",
        ...opening,
        kind: workKindOf(run),
        ...known({ native: place }),
      };
    }
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
): Pick<DraftOf<"model.started">, "provider" | "requestModel" | "context" | "parameters"> {
  return {
    ...known({
      provider: providerOf(native),
      requestModel: requestModelOf(native),
      parameters: parametersOf(native, content),
    }),
    context: {
      ...known({ tools: content.tools(native.invocationParams["tools"]) }),
      messages: native.messages.map((message) => content.message(message)),
    },
  };
}

/** Where a node stands in its graph. */
function placeOf(
  { metadata }: StartedCallback,
  { checkpointNamespace }: Run,
  content: Content,
): JsonValue | undefined {
  return content.json({
    step: metadata["langgraph_step"],
    triggers: metadata["langgraph_triggers"],
    path: metadata["langgraph_path"],
    checkpointNs: checkpointNamespace,
    taskId: checkpointNamespace?.slice(checkpointNamespace.lastIndexOf(":") + 1),
  });
}
