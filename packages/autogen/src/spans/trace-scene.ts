import type { EventDraft, ReceivedSpan } from "@spoor/core";
import { agentIdOf } from "../events/agent-id.ts";
import { nameOf, textOf } from "../messages/narrow.ts";
import { traceSession } from "../messages/told.ts";
import { receivedContent } from "./content.ts";
import { endOf } from "./outcome.ts";
import { agentFramework, type Role } from "./role.ts";
import { about, type Scene, timed, turnKeyOf } from "./scene.ts";

/**
 * What a trace shows, from the span that begins it: a turn of the conversation, workflow or team that the span names, else of a session of its own.
 * `failedBelow`: its failure is told by a span inside.
 */
export function traceScene(root: ReceivedSpan, role: Role, failedBelow: boolean): Scene {
  const named = sessionNamedBy(root);
  const session = named ?? `${traceSession}${root.traceId}`;
  const turn = turnKeyOf(root);
  return { session, turn, isOpen: false, open };

  function* open(maker: string): Iterable<EventDraft> {
    const { input, output } = receivedContent(root);
    yield {
      ...about({ session }),
      type: "session.started",
      on: null,
      mark: "session",
      framework: maker === agentFramework ? "agent-framework" : "autogen",
      ...(named === undefined ? { inferred: true as const } : {}),
    };
    yield {
      ...about({ session }),
      ...timed(root.startedAt),
      type: "turn.started",
      key: turn,
      name: nameOfTurn(root, role),
      links: [root, ...root.links].map((span) => ({ kind: "cause", carrier: carrierOf(span) })),
      ...(input === undefined ? {} : { input }),
    };
    yield {
      ...about({ session }),
      ...timed(root.endedAt),
      type: "turn.ended",
      key: turn,
      ...endOf(root, failedBelow || isTold(role)),
      ...(output === undefined ? {} : { output }),
    };
  }
}

/** Only what is passed through leaves its failure to the turn. */
const isTold = (role: Role): boolean =>
  role.is === "runtime" ? role.runtime.operation === "process" : role.is !== "passing";

/** Where the same is found in whatever else the spans were sent to, and what made the message that a worker got from another process. */
const carrierOf = ({
  traceId,
  spanId,
}: Pick<ReceivedSpan, "traceId" | "spanId">): { readonly traceparent: string } => ({
  traceparent: `00-${traceId}-${spanId}-01`,
});

/** A workflow keeps what was said in it from run to run, as a team does. */
const sessionNamedBy = ({ attributes }: ReceivedSpan): string | undefined =>
  textOf(attributes["gen_ai.conversation.id"]) ??
  textOf(attributes["workflow.id"]) ??
  agentIdOf(attributes["gen_ai.agent.id"])?.key;

const nameOfTurn = (root: ReceivedSpan, role: Role): string =>
  nameOf(
    "name" in role
      ? role.name
      : role.is === "runtime"
        ? (role.runtime.to?.name ?? role.runtime.operation)
        : root.name,
    "turn",
  );
