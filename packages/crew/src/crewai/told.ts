import type { Key, ReceivedSpan } from "@spoor/core";
import type { Answer, Elsewhere } from "./elsewhere.ts";
import { addTo } from "./lists.ts";
import { countOf, type Fields, fieldsOf, textOf } from "../reading/narrow.ts";
import { otherCall } from "./spans/other-span.ts";
import { attributeOf, sessionOfTrace } from "./spans/told-span.ts";

/** Who has counted an answer: spans of others are known by the trace that they call their session. */
interface Counted {
  readonly session: string;
  readonly ms: number | undefined;
  readonly bySpans: boolean;
}

/** Both are told when the answer had come, by two clocks of one machine. */
const sameAnswerMs = 60_000;

/** What recordings tell, gathered before they are recorded: names, ids and times, none of the contents. What was told first stands. */
export class Told implements Elsewhere {
  readonly #sessions: Map<Key, string> = new Map();
  readonly #answers: Map<string, Counted[]> = new Map();
  readonly #tasks: Set<string> = new Set();
  readonly #traces: Set<string> = new Set();

  /** A draft, or an entry of a journal. */
  note(fact: Fields): void {
    const [session, key, type] = [fact["session"], fact["key"], fact["type"]].map(textOf);
    if (session === undefined || key === undefined) return;
    if (type?.endsWith(".started") === true && !this.#sessions.has(key))
      this.#sessions.set(key, session);
    const id = textOf(fact["responseId"]);
    const ms = countOf(fieldsOf(fact["at"])["ms"]);
    this.#count(id, { session, ms, bySpans: key.startsWith("span:") });
  }

  /** An event that is no beginning of a span. */
  noteEvent(id: string, session: string): void {
    if (!this.#sessions.has(id)) this.#sessions.set(id, session);
  }

  noteTask(id: string): void {
    this.#tasks.add(id);
  }

  /** A span of others than CrewAI: its trace is told where its answer is counted in another session, or events tell of its task. */
  noteSpan(span: ReceivedSpan): void {
    const id = otherCall(span).responseId ?? attributeOf(span, "gen_ai.response.id");
    const session = sessionOfTrace(span);
    const ms = span.endedAt ?? undefined;
    const counted = this.#find({ id, ms }, (other) => other.session !== session);
    const task = attributeOf(span, "task_id") ?? attributeOf(span, "crewai.task.id");
    if (counted !== undefined || (task !== undefined && this.isTask(task)))
      this.#traces.add(span.traceId);
    else this.#count(id, { session, ms, bySpans: true });
  }

  sessionOf(key: Key): string | null {
    return this.#sessions.get(key) ?? null;
  }

  countedIn(answer: Answer): string | null {
    return this.#find(answer, ({ bySpans }) => bySpans)?.session ?? null;
  }

  isTask(id: string): boolean {
    return this.#tasks.has(id);
  }

  isTold(trace: string): boolean {
    return this.#traces.has(trace);
  }

  #count(id: string | undefined, counted: Counted): void {
    if (id !== undefined) addTo(this.#answers, id, counted);
  }

  #find({ id, ms }: Answer, fits: (counted: Counted) => boolean): Counted | undefined {
    const like = id === undefined ? [] : (this.#answers.get(id) ?? []);
    return like.find(
      (counted) =>
        fits(counted) &&
        ms !== undefined &&
        counted.ms !== undefined &&
        Math.abs(counted.ms - ms) <= sameAnswerMs,
    );
  }
}
