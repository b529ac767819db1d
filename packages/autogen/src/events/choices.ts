import { type EventDraft, isRecord, type Key } from "@spoor/core";
import { chosen } from "../messages/items.ts";
import type { Item } from "../messages/native.ts";
import { fieldsOf, jsonOf, parsed, textOf } from "../messages/narrow.ts";
import { about, idOf } from "../messages/run.ts";
import type { AgentId } from "./agent-id.ts";
import { answerOf } from "./calls.ts";
import type { LogLine } from "./native.ts";
import type { Team } from "./team.ts";

/** Without one of them, the orchestrator asks again. */
const questions = [
  "is_request_satisfied",
  "is_in_loop",
  "is_progress_being_made",
  "next_speaker",
  "instruction_or_question",
];

/** What an orchestrator writes down of its progress decides who speaks next, and says why; that the task is done as well. */
export function* readLedger(team: Team, line: LogLine): Iterable<EventDraft> {
  const { choosing: call } = team;
  const ledger = fieldsOf(parsed(textOf(answerOf(line.fields).output) ?? ""));
  if (call === null || !questions.every((question) => isRecord(ledger[question]))) return;
  const satisfied = fieldsOf(ledger["is_request_satisfied"]);
  const isDone = satisfied["answer"] === true;
  const { answer, reason } = isDone ? satisfied : fieldsOf(ledger["next_speaker"]);
  if (answer === undefined) return;
  call.hasChosen = true;
  yield {
    ...decided(team, line, call.key, "ledger"),
    kind: isDone ? "request satisfied" : "speaker",
    choice: jsonOf(answer),
    ...(reason === undefined ? {} : { why: jsonOf(reason) }),
  };
}

/** The manager has told of its choice. */
export function* readChoice(team: Team, item: Item): Iterable<EventDraft> {
  const { choosing: call, logged } = team;
  const id = idOf(item);
  if (call === null || id === undefined || logged.run.seen.has(id)) return;
  call.hasChosen = true;
  logged.run.seen.add(id);
  yield chosen(logged.run, item, id, call.key);
}

/** Whom the manager asks to speak after it called a model, without a word about it, it has chosen by that call. */
export function* readAsking(team: Team, agent: AgentId, line: LogLine): Iterable<EventDraft> {
  const { choosing: call } = team;
  team.asked.add(agent.name);
  if (call === null || call.hasChosen) return;
  call.hasChosen = true;
  yield { ...decided(team, line, call.key, "choice"), kind: "speaker", choice: agent.name };
}

const decided = ({ logged }: Team, line: LogLine, on: Key, mark: string) =>
  ({
    ...about(logged.run),
    ...logged.clock.at(line),
    type: "decision.made",
    on,
    mark,
  }) as const;
