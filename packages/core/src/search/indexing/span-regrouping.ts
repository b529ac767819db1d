import type { StatementSync } from "node:sqlite";
import { laneFolder, segmentFolder } from "../../journal/disk/layout.ts";
import type { AgentEvent, SpanId } from "../../vocabulary/event.ts";
import { isOpening } from "../../vocabulary/event-kind.ts";
import { spanIdOf } from "../../vocabulary/identity.ts";
import { recordingOrder } from "../../vocabulary/recording-order.ts";
import { nothingTold, type StoredSpan } from "../store/spans.ts";
import type { IndexParts } from "./index-parts.ts";
import { toldBy } from "./told-span.ts";

interface Member {
  readonly span: StoredSpan;
  readonly facts: readonly AgentEvent[];
}

/**
 * Looks once more at all that is told of a span: what the first witness said stands, whichever lane was read first, and spans that share a name are
 * one, under the id that was recorded first. The entries are read again, because they are the truth.
 */
export class SpanRegrouping {
  readonly #parts: IndexParts;
  readonly #entries: StatementSync;

  constructor(parts: IndexParts) {
    this.#parts = parts;
    this.#entries = parts.database.prepare(
      "SELECT lane, number, offset FROM entry JOIN segment ON segment.id = segment WHERE span = ?",
    );
  }

  regroup(id: number): void {
    const span = this.#parts.spans.byId(id);
    if (!span) return;
    const members = this.#everybody(span);
    for (const group of groupsOf(members)) this.#tell(group);
  }

  /** With all that any of them says is one with it, which may be in no entry yet. */
  #everybody(span: StoredSpan): ReadonlyMap<string, Member> {
    const { spans } = this.#parts;
    const members = new Map<string, Member>();
    const waiting: StoredSpan[] = [...spans.joinedWith(span), span];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      if (next.spanId === null && next.id !== span.id) continue;
      if (members.has(next.spanId ?? "")) continue;
      const facts = this.#factsOf(next);
      members.set(next.spanId ?? "", { span: next, facts });
      for (const other of aliasesIn(facts)) {
        const found = spans.find(next.session, other) ?? this.#placeFor(next.session, other);
        waiting.push(...spans.joinedWith(found), found);
      }
    }
    return members;
  }

  #placeFor(session: number, spanId: SpanId): StoredSpan {
    const id = this.#parts.spans.add(session, spanId, nothingTold);
    return { id, session, spanId, leader: null, ...nothingTold };
  }

  #factsOf({ id }: StoredSpan): readonly AgentEvent[] {
    const { lines, users, dir } = this.#parts;
    const facts: AgentEvent[] = [];
    for (const row of this.#entries.all(id)) {
      const lane = Number(row["lane"]);
      const segment = Number(row["number"]);
      const event = lines.eventAt({ lane, segment, offset: Number(row["offset"]) });
      if (!event) continue;
      if ("userId" in event && event.userId !== undefined) {
        users.readFrom(segmentFolder(laneFolder(dir, lane), segment));
        users.idOf(event.userId);
      }
      facts.push(event);
    }
    return facts.toSorted(recordingOrder);
  }

  #tell(group: readonly Member[]): void {
    const { spans, words, users } = this.#parts;
    const facts = group.flatMap((member) => member.facts).toSorted(recordingOrder);
    const first = facts.find(isOpening) ?? facts[0];
    const leader = group.find(({ span }) => span.spanId === (first?.spanId ?? null)) ?? group[0];
    if (!leader) return;
    const [, ...others] = group;
    if (facts.length === 0) {
      for (const { span } of group) spans.remove(span.id);
      return;
    }
    for (const { span } of group)
      if (span !== leader.span) spans.set(span.id, nothingTold, leader.span.id);
    const told = toldBy(facts, words, users);
    spans.set(leader.span.id, told, others.length === 0 ? null : leader.span.id);
  }
}

function aliasesIn(facts: readonly AgentEvent[]): readonly SpanId[] {
  return facts.flatMap((fact) =>
    fact.type === "span.amended" && fact.alias !== undefined
      ? [spanIdOf(fact.session, fact.alias)]
      : [],
  );
}

/** Members that are one by what they say now, each in one list. */
function groupsOf(members: ReadonlyMap<string, Member>): readonly (readonly Member[])[] {
  const groupOf = new Map<Member, Member[]>();
  for (const member of members.values()) groupOf.set(member, [member]);
  for (const member of members.values()) {
    for (const alias of aliasesIn(member.facts)) {
      const other = members.get(alias);
      const own = groupOf.get(member) ?? [];
      const joining = other && groupOf.get(other);
      if (!joining || joining === own) continue;
      own.push(...joining);
      for (const each of joining) groupOf.set(each, own);
    }
  }
  return [...new Set(groupOf.values())];
}
