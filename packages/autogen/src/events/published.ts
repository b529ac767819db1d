import type { EventDraft } from "@spoor/core";
import type { Item } from "../messages/native.ts";
import { textOf } from "../messages/narrow.ts";
import { callKey, idOf } from "../messages/run.ts";
import { type AgentId, agentIdOf } from "./agent-id.ts";
import type { Log } from "./log.ts";
import type { LogLine } from "./native.ts";
import type { Payload } from "./payload.ts";
import type { Team } from "./team.ts";
import { readPublished } from "./team-calls.ts";

export const isSend = ({ fields }: LogLine): boolean =>
  textOf(fields["delivery_stage"])?.endsWith("SEND") === true;

export const senderOf = ({ fields }: LogLine): AgentId | null => agentIdOf(fields["sender"]);

export function* published(
  log: Log,
  team: Team,
  item: Item,
  sender: AgentId,
): Iterable<EventDraft> {
  const id = idOf(item);
  const key = id === undefined ? null : callKey(id);
  yield* readPublished(team, item, sender, () => key !== null && log.made.has(key));
  if (key !== null && item.byModel) log.made.set(key, true);
}

/** What a team shows the outside: the items that its stream yields. */
export function publishedIn(line: LogLine, { item }: Payload): Item | null {
  const topic = textOf(line.fields["receiver"]) ?? "";
  return line.type === "Message" && isSend(line) && topic.startsWith("output_topic") ? item : null;
}

/** The manager's last word to the outside has no form of its own; in 0.4 it is the message that it stopped with. */
export function isOver({ fields }: LogLine, item: Item | null): boolean {
  const topic = textOf(fields["receiver"]) ?? "";
  const payload = textOf(fields["payload"]) ?? "";
  return (
    topic.startsWith("output_topic") && (item?.type === "StopMessage" || !payload.startsWith("{"))
  );
}
