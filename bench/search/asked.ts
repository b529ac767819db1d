import { performance } from "node:perf_hooks";
import type { Hit, Search } from "@spoor/core/search";
import {
  type History,
  type PlainLine,
  sessionName,
  ticketName,
  tools,
  userName,
} from "../history.ts";
import { quantile } from "../statistics.ts";
import type { Scan } from "./scan.ts";

const newest = 100;
const windowMs = 5 * 60_000;

/** When what was found happened, in milliseconds since the epoch. */
type Times = readonly (number | null)[];

/** Something that is asked of a history, of the index and of a plain log, about another session, user or time each time. */
interface Question {
  readonly name: string;
  /** How often it is asked. */
  readonly times: number;
  readonly ofIndex: (search: Search, about: number) => Times;
  /** Null: nobody would ask a plain log so. */
  readonly ofScan: ((scan: Scan, about: number) => Promise<Times>) | null;
}

export function questionsAbout({ sessions, begin, end }: History): readonly Question[] {
  const session = (about: number): number => (about * 379) % sessions;
  const since = (about: number): number => begin + ((about * 0.618) % 1) * (end - begin - windowMs);
  return [
    {
      name: "timeline of a session",
      times: 300,
      ofIndex: (search, about) =>
        search.timeline(sessionName(session(about))).map(({ event }) => event.at?.ms ?? null),
      ofScan: async (scan, about) => timesOf(await scan.timeline(sessionName(session(about)))),
    },
    {
      name: "a user's newest 100",
      times: 300,
      ofIndex: (search, about) =>
        timesOfHits(search.find({ user: userName(session(about)), limit: newest })),
      ofScan: async (scan, about) => timesOf(await scan.newestOf(userName(session(about)), newest)),
    },
    {
      name: "a tool within 5 minutes",
      times: 300,
      ofIndex: (search, about) =>
        timesOfHits(
          search.find({
            tool: tool(about),
            since: since(about),
            until: since(about) + windowMs,
          }),
        ),
      ofScan: async (scan, about) =>
        timesOf(await scan.callsOf(tool(about), since(about), since(about) + windowMs)),
    },
    {
      name: "a text",
      times: 5,
      ofIndex: (search, about) =>
        timesOfHits(search.find({ text: ticketName(session(about)), kind: "turn" })),
      ofScan: async (scan, about) => {
        const lines = await scan.saying(ticketName(session(about)));
        return timesOf(lines.filter(({ type }) => type === "turn.started"));
      },
    },
    {
      name: "a text in one session",
      times: 20,
      ofIndex: (search, about) =>
        timesOfHits(
          search.find({
            text: ticketName(session(about)),
            session: sessionName(session(about)),
            kind: "turn",
          }),
        ),
      ofScan: null,
    },
  ];
}

const tool = (about: number): string => tools[about % tools.length] ?? "";
const timesOf = (lines: readonly PlainLine[]): Times => lines.map(({ at }) => at.ms);
const timesOfHits = (hits: Iterable<Hit>): Times => Array.from(hits, ({ at }) => at);

/** Milliseconds by the clock. */
export interface Asked {
  readonly name: string;
  readonly p50: number;
  /** Null: it was not asked often enough. */
  readonly p99: number | null;
  readonly scan: number | null;
}

/** Asks, and asks a plain log once: it takes the same time whatever it is asked about. Throws where the two disagree. */
export async function ask(question: Question, search: Search, scan: Scan): Promise<Asked> {
  const { name, times, ofIndex, ofScan } = question;
  const waits: number[] = [];
  const answers: Times[] = [];
  for (let about = 0; about < times; about += 1) {
    const before = performance.now();
    answers.push(ofIndex(search, about));
    waits.push(performance.now() - before);
  }
  const about = 1;
  const [answer = []] = answers.slice(about);
  const before = performance.now();
  const scanned = ofScan ? await ofScan(scan, about) : null;
  const scanMs = performance.now() - before;
  mustAgree(name, answer, scanned ?? answer);
  return {
    name,
    p50: quantile(waits, 0.5),
    p99: times < 100 ? null : quantile(waits, 0.99),
    scan: scanned ? scanMs : null,
  };
}

function mustAgree(name: string, answer: Times, expected: Times): void {
  const [found, there] = [answer, expected].map((times) => times.map(String).toSorted().join(" "));
  if (answer.length === 0 || found !== there)
    throw new Error(
      `${name}: expected the ${expected.length} that a scan finds, received ${answer.length}`,
    );
}
