import { randomUUID } from "node:crypto";
import { isRecord, type JsonValue, type Observer } from "@spoor/core";
import { createCrewRecorder, type CrewRecorder } from "../recorder/crew-recorder.ts";
import type { Asked } from "./asked.ts";
import { LogCursor } from "./log-cursor.ts";
import type { KaibanTeam } from "./native.ts";
import { readLog } from "./read-log.ts";
import { TeamRun } from "./team-run.ts";

/** A team that is being recorded. */
export interface ObservedTeam {
  /** How often something could not be recorded because what the team holds could not be read. */
  readonly failures: number;
  /** From here on nothing is recorded. What is open stays open. */
  stop(): void;
}

export interface TeamOptions {
  /** The conversation that the runs of this team belong to, each a turn of it. Default: one of its own for each observation. */
  readonly session?: string;
}

/**
 * Records each run of a KaibanJS team, by the log that it keeps of itself: before `start` or while it runs. Reads along and changes nothing; nothing
 * goes into the record but named facts, because its log holds tools, keys and environment. Never throws into the team.
 */
export function observeTeam(
  team: KaibanTeam,
  observer: Observer,
  { session = `kaiban-${randomUUID()}` }: TeamOptions = {},
): ObservedTeam {
  const reader = new TeamReader(createCrewRecorder(observer, { framework: "kaibanjs" }), session);
  const store = team.getStore();
  const read = (): void => reader.read(() => store.getState());
  read();
  const stop = store.subscribe(read);
  return {
    get failures() {
      return reader.failures;
    },
    stop,
  };
}

/** Takes what is new in the log, each time that it is told of a change. */
class TeamReader {
  readonly #crews: CrewRecorder;
  readonly #session: string;
  readonly #cursor: LogCursor = new LogCursor();
  readonly #asked: Map<string, Asked> = new Map();
  #run: TeamRun | null = null;
  failures = 0;

  constructor(crews: CrewRecorder, session: string) {
    this.#crews = crews;
    this.#session = session;
  }

  read(stateOf: () => object): void {
    this.#guarded(() => {
      const state = stateOf();
      const log: unknown = Reflect.get(state, "workflowLogs");
      const { lines, again } = this.#cursor.next(Array.isArray(log) ? log : []);
      if (again) this.#run = null;
      for (const line of lines) this.#guarded(() => this.#tell(line, state));
    });
  }

  #tell(line: unknown, state: object): void {
    const log = readLog(line);
    if (!log) return;
    this.#run ??= new TeamRun(this.#crews, {
      name: nameIn(state),
      session: this.#session,
      inputs: inputsIn(log.metadata["inputs"]) ?? inputsIn(Reflect.get(state, "inputs")),
      asked: this.#asked,
    });
    this.#run.tell(log);
  }

  #guarded(record: () => void): void {
    try {
      record();
    } catch {
      this.failures += 1;
    }
  }
}

function nameIn(state: object): string {
  const name: unknown = Reflect.get(state, "name");
  return typeof name === "string" && name !== "" ? name : "team";
}

const inputsIn = (inputs: unknown): JsonValue | undefined =>
  isRecord(inputs) && Object.keys(inputs).length > 0 ? (inputs as JsonValue) : undefined;
