import type { DraftOf } from "@spoor/core";
import type { Content } from "../content/content.ts";
import type { RunFailed } from "../native.ts";
import { countOf, known, memberOf } from "../reading.ts";
import type { Run } from "../runs/run.ts";
import { said } from "../said.ts";
import type { ErrorSaid } from "./error-said.ts";

type LimitReached = DraftOf<"limit.reached">;
type Limit = Pick<LimitReached, "limit" | "value"> & { readonly details?: object };

/**
 * What LangGraph itself set a limit to: how many steps a run may take, how many milliseconds a node may. The value is the limit, not what
 * went beyond it. A time limit of the caller's own fails with a `TimeoutError` that does not say how long it was, so it is no more than an error.
 */
export function limitsOf(
  native: RunFailed,
  run: Run,
  error: ErrorSaid,
  content: Content,
): readonly LimitReached[] {
  const reached = recursion(native.error, error) ?? nodeTimeout(native.error, error);
  if (reached === undefined) return [];
  const { limit, value, details } = reached;
  return [
    {
      type: "limit.reached",
      ...said(native, run.turn),
      on: run.span,
      mark: `${run.runId}:${limit}`,
      limit,
      value,
      ...known({ native: details && content.json(details) }),
    },
  ];
}

function recursion(thrown: unknown, { errorType, message }: ErrorSaid): Limit | undefined {
  const isOne =
    errorType === "GraphRecursionError" ||
    memberOf(thrown, "lc_error_code") === "GRAPH_RECURSION_LIMIT";
  const value = isOne ? numberIn(/limit of (\d+)/i, message) : undefined;
  return value === undefined ? undefined : { limit: "recursion", value };
}

function nodeTimeout(thrown: unknown, { errorType, message }: ErrorSaid): Limit | undefined {
  if (errorType !== "NodeTimeoutError") return undefined;
  const value = countOf(memberOf(thrown, "timeout")) ?? numberIn(/timeout of (\d+)ms/, message);
  if (value === undefined) return undefined;
  const details = {
    node: memberOf(thrown, "node"),
    kind: memberOf(thrown, "kind"),
    elapsedMs: memberOf(thrown, "elapsed"),
  };
  return { limit: "node_timeout", value, details };
}

function numberIn(pattern: RegExp, text: string): number | undefined {
  const digits = pattern.exec(text)?.[1];
  return digits === undefined ? undefined : countOf(Number(digits));
}
