import type { Span } from "../../run-tree/span.ts";
import { type Operation, operations } from "./conventions.ts";
import { type OtlpSpan, otlpKind } from "../wire/otlp.ts";

/** What a span is called at the destination. `operation` is null where the conventions have no word for it. */
export interface Naming {
  readonly operation: Operation | null;
  readonly name: string;
  readonly kind: OtlpSpan["kind"];
}

export function namingOf(span: Span): Naming {
  const { client, internal } = otlpKind;
  switch (span.kind) {
    case "turn":
      return span.agent === null
        ? called(operations.invokeWorkflow, span.name, internal)
        : called(operations.invokeAgent, span.agent, internal);
    case "agent":
      return called(operations.invokeAgent, span.agent ?? span.name, internal);
    case "workflow":
      return called(operations.invokeWorkflow, span.name, internal);
    case "plan":
      return called(operations.plan, span.agent, internal);
    case "model":
      return called(span.operation ?? operations.chat, span.requestModel ?? span.model, client);
    case "tool":
      return called(operations.executeTool, span.name, internal);
    case "retrieval":
      return called(operations.retrieval, span.name, client);
    case "task":
    case "step":
    case "memory":
    case "guardrail":
    case "compaction":
    case "other":
      return { operation: null, name: span.name || span.kind, kind: internal };
    default:
      return span.kind satisfies never;
  }
}

function called(operation: Operation, subject: string | null, kind: OtlpSpan["kind"]): Naming {
  return { operation, name: subject ? `${operation} ${subject}` : operation, kind };
}
