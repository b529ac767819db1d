import type { AgentEvent } from "../../vocabulary/event.ts";
import { kindCode, statusCode } from "../store/codes.ts";
import type { StoredSpan, ToldSpan } from "../store/spans.ts";
import type { Words } from "../store/words.ts";
import { factsOf } from "./span-facts.ts";
import type { Users } from "./users.ts";

/** What facts about one span say, in the numbers of the index. `facts`: in the order of recording. */
export function toldBy(facts: readonly AgentEvent[], words: Words, users: Users): ToldSpan {
  const { kind, name, agent, model, status, at, parent, began, user } = factsOf(facts);
  const wordOf = (text: string | null): number | null => (text === null ? null : words.idOf(text));
  return {
    kind: kind === null ? null : kindCode(kind),
    name: wordOf(name),
    agent: wordOf(agent),
    model: wordOf(model),
    status: status === null ? null : statusCode(status),
    at,
    parent,
    began,
    user: user === null ? null : users.idOf(user),
  };
}

/**
 * Later facts may say again what was said, and another lane may have said it first; or they say which spans are one. Then all that is told of a span
 * has to be looked at once more; else what they say can be added to what is known.
 */
export function needsAllFacts(known: StoredSpan | null, later: readonly AgentEvent[]): boolean {
  if (known?.leader !== undefined && known.leader !== null) return true;
  return later.some((fact) => {
    switch (fact.type) {
      case "span.amended":
        return fact.alias !== undefined || (known !== null && saysWhat(fact));
      case "session.started":
        return fact.userId !== undefined && known !== null && known.user !== null;
      case "turn.started":
      case "work.started":
      case "model.started":
      case "tool.started":
        return known !== null;
      case "turn.ended":
      case "work.ended":
      case "model.ended":
      case "tool.ended":
        return known !== null && known.status !== null;
      default:
        return false;
    }
  });
}

const saysWhat = ({
  name,
  parent,
}: {
  readonly name?: unknown;
  readonly parent?: unknown;
}): boolean => name !== undefined || parent !== undefined;

/** What was known, and what was told since that needs no look at the rest. */
export function joined(known: ToldSpan, later: ToldSpan): ToldSpan {
  const opensNow = later.name !== null;
  const closesNow = known.status === null && later.status !== null;
  return {
    kind: opensNow ? later.kind : (known.kind ?? later.kind),
    name: known.name ?? later.name,
    agent: known.agent ?? later.agent,
    model: closesNow ? (later.model ?? known.model) : (known.model ?? later.model),
    status: known.status ?? later.status,
    at: earlier(known.at, later.at),
    parent: known.parent ?? later.parent,
    began: known.began ?? later.began,
    user: known.user ?? later.user,
  };
}

const earlier = (left: number | null, right: number | null): number | null =>
  left === null || right === null ? (left ?? right) : Math.min(left, right);
