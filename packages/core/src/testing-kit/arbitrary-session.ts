import * as fc from "fast-check";
import type { EventDraft, Key } from "../vocabulary/event.ts";
import type { Usage } from "../vocabulary/usage.ts";
import * as say from "./drafts.ts";

/** A session as causal adapters tell it: several turns, work nested at will, several witnesses, late knowledge. Any closing may be missing. */
export interface ToldSession {
  readonly drafts: readonly EventDraft[];
  /** What was read off counters, one figure for each counter and model. */
  readonly totals: readonly Usage[];
  /** Calls that no counter covers. */
  readonly uncovered: ReadonlySet<Key>;
}

/** One thing that happens; the numbers pick among what is possible there. */
interface Happening {
  readonly what: (typeof whatHappens)[number];
  readonly where: number;
  readonly how: number;
  readonly time: number;
}

const whatHappens = [
  "turn begins",
  "work begins",
  "work begins",
  "model begins",
  "model begins",
  "tool begins",
  "something ends",
  "something ends",
  "usage so far",
  "usage at last",
  "counter is read",
  "mark",
  "another witness",
  "amendment",
  "another name",
] as const;

const happening: fc.Arbitrary<Happening> = fc.record({
  what: fc.constantFrom(...whatHappens),
  where: fc.nat(1_000),
  how: fc.nat(1_000),
  time: fc.nat(20),
});

export function arbitrarySession(maxLength: number = 40): fc.Arbitrary<ToldSession> {
  return fc.array(happening, { maxLength }).map(tell);
}

interface Began {
  readonly family: say.Family;
  readonly key: Key;
  readonly turn: Key;
}

class Telling {
  readonly drafts: EventDraft[] = [];
  readonly totals: Usage[] = [];
  readonly began: Began[] = [];
  readonly ended: Set<Key> = new Set();
  readonly turns: Key[] = [];
  /** The counter that a call names; null where it names none. */
  readonly counters: Map<Key, string | null> = new Map();
  readonly readCounters: Set<string> = new Set();
  readonly countedTurns: Set<Key> = new Set();
  readonly names: Map<Key, Key> = new Map();

  of(family: say.Family): readonly Began[] {
    return this.began.filter((span) => span.family === family);
  }

  get open(): readonly Began[] {
    return this.began.filter(({ key }) => !this.ended.has(key));
  }

  get uncovered(): ReadonlySet<Key> {
    const calls = this.of("model").filter(({ key, turn }) => {
      const counter = this.counters.get(key) ?? null;
      return counter === null ? !this.countedTurns.has(turn) : !this.readCounters.has(counter);
    });
    return new Set(calls.map(({ key }) => key));
  }
}

const pick = <Item>(items: readonly Item[], number: number): Item | undefined =>
  items[number % Math.max(1, items.length)];

function tell(happenings: readonly Happening[]): ToldSession {
  const telling = new Telling();
  begin(telling, "turn", { what: "turn begins", where: 0, how: 0, time: 1 });
  for (const happening of happenings) happen(telling, happening);
  const { drafts, totals, uncovered } = telling;
  return { drafts: [say.sessionStarted(), ...drafts], totals, uncovered };
}

/** Not always told, sometimes reasoned, and not in order. */
function at({ time }: Happening): {
  readonly at?: { readonly ms: number; readonly inferred?: true };
} {
  if (time % 4 === 0) return {};
  return { at: { ms: 1_000 + time * 10, ...(time % 7 === 0 ? { inferred: true as const } : {}) } };
}

const amount = (how: number): Usage => say.tokens(how % 11, how % 7, how % 5, how % 3);

function happen(telling: Telling, happening: Happening): void {
  const { what, where, how } = happening;
  const mark = String(telling.drafts.length);
  switch (what) {
    case "turn begins":
      if (telling.turns.length < 4) begin(telling, "turn", happening);
      return;
    case "work begins":
      begin(telling, "work", happening);
      return;
    case "model begins":
      begin(telling, "model", happening);
      return;
    case "tool begins":
      begin(telling, "tool", happening);
      return;
    case "something ends": {
      const span = pick(telling.open, where);
      if (!span) return;
      telling.ended.add(span.key);
      telling.drafts.push(
        say.ended(span.family, span.key, {
          ...at(happening),
          outcome: outcomes[how % outcomes.length] ?? { status: "ok" },
          output: how,
        }),
      );
      return;
    }
    case "usage so far":
    case "usage at last": {
      const call = pick(telling.of("model"), where);
      if (!call) return;
      const counter = counterOf(telling, call, how);
      const said = { ...at(happening), ...(counter === null ? {} : { meter: counter }) };
      const final = what === "usage at last";
      telling.drafts.push(say.usage(call.key, mark, amount(how), { ...said, final }));
      return;
    }
    case "counter is read": {
      const turn = pick(telling.turns, where);
      if (turn === undefined || telling.countedTurns.has(turn)) return;
      telling.countedTurns.add(turn);
      const meter = `counter of ${turn}`;
      telling.readCounters.add(meter);
      for (const model of ["large", "small"].slice(0, 1 + (how % 2))) {
        telling.totals.push(amount(how + model.length));
        telling.drafts.push(
          say.total(turn, `${mark} ${model}`, amount(how + model.length), { meter, model }),
        );
      }
      return;
    }
    case "mark":
      telling.drafts.push(
        say.handoff(pick([null, ...telling.began], where)?.key ?? null, mark, at(happening)),
      );
      return;
    case "another witness": {
      const span = pick(telling.began, where);
      if (span) telling.drafts.push(witness(telling, span, happening));
      return;
    }
    case "amendment": {
      const span = pick(telling.began, where);
      if (!span) return;
      const parent = pick(telling.began, how)?.key;
      telling.drafts.push(
        say.amended(span.key, mark, {
          ...at(happening),
          input: how,
          causedBy: `${how}`,
          ...(parent === undefined || how % 3 > 0 ? {} : { parent }),
        }),
      );
      return;
    }
    case "another name": {
      const span = pick(telling.began, where);
      if (!span || telling.names.has(span.key)) return;
      const alias = `also ${span.key}`;
      telling.names.set(span.key, alias);
      telling.drafts.push(say.amended(span.key, mark, { alias }));
      return;
    }
    default:
      what satisfies never;
  }
}

const outcomes = [
  { status: "ok" },
  { status: "cancelled" },
  { status: "suspended" },
  { status: "error", errorType: "Error" },
] as const;

const beginnings = { work: say.work, model: say.model, tool: say.tool };

function begin(telling: Telling, family: say.Family, happening: Happening): void {
  const key = `${family} ${telling.began.length}`;
  const said = { ...at(happening), input: happening.how };
  if (family === "turn") {
    telling.turns.push(key);
    telling.began.push({ family, key, turn: key });
    telling.drafts.push(say.turn(key, { ...said, tags: [key] }));
    return;
  }
  const above = pick(
    telling.open.filter((span) => span.family !== "model"),
    happening.where,
  );
  if (!above) return;
  const parent = happening.how % 2 === 0 ? above.key : (telling.names.get(above.key) ?? above.key);
  telling.began.push({ family, key, turn: above.turn });
  telling.drafts.push(beginnings[family](key, parent, said));
}

/** Its own turn's, the next one's, or none; always the same for one call. */
function counterOf(telling: Telling, call: Began, how: number): string | null {
  const known = telling.counters.get(call.key);
  if (known !== undefined) return known;
  const turn = telling.turns.indexOf(call.turn) + (how % 3);
  const counter = how % 3 === 2 ? null : `counter of ${telling.turns[turn] ?? call.turn}`;
  telling.counters.set(call.key, counter);
  return counter;
}

/** Tells of the same span, under the same name or another, with more or less. */
function witness(telling: Telling, { family, key, turn }: Began, happening: Happening): EventDraft {
  const name = happening.how % 2 === 0 ? key : (telling.names.get(key) ?? key);
  const said = { ...at(happening), source: "hook", attempt: happening.how };
  if (happening.how % 5 === 0 && telling.ended.has(key))
    return say.ended(family, name, { ...at(happening), source: "hook", output: happening.how });
  return family === "turn" ? say.turn(name, said) : beginnings[family](name, turn, said);
}
