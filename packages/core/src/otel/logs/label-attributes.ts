import { names, ownNames } from "../../otlp/encode/conventions.ts";
import { type KeyValue, text, texts } from "../../otlp/wire/key-value.ts";
import type { EventOf } from "../../vocabulary/event.ts";

/** What a session's owner says about it, or about one turn. */
export function labelAttributes(
  labels: EventOf<"turn.started"> | EventOf<"session.started">,
): readonly KeyValue[] {
  return [
    ...text(names.deploymentEnvironment, labels.environment ?? null),
    ...text(ownNames.feature, labels.feature ?? null),
    ...text(ownNames.release, labels.release ?? null),
    ...text(ownNames.agentVersion, labels.agentVersion ?? null),
    ...texts(ownNames.tags, labels.tags ?? []),
  ];
}
