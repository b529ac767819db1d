import type { Random } from "./random.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Whose lines these are. */
export interface Speaker {
  readonly sessionId: string;
  /** Of a subagent, whose lines lie in a file of its own. */
  readonly agentId?: string;
}

/** The lines of one file as the program writes them, each with a later time than the one before. */
export class Transcript {
  readonly lines: string[] = [];
  readonly #speaker: Speaker;
  readonly #random: Random;
  #clock: number;
  #parent: string | null = null;

  constructor(speaker: Speaker, random: Random, startsAt: number) {
    this.#speaker = speaker;
    this.#random = random;
    this.#clock = startsAt;
  }

  get now(): number {
    return this.#clock;
  }

  /** Time goes by. */
  wait(ms: number): void {
    this.#clock += ms;
  }

  uuid(): string {
    const { hex } = this.#random;
    return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
  }

  /** A line in the chain of the conversation. */
  say(type: string, fields: Fields): string {
    const uuid = this.uuid();
    const { sessionId, agentId } = this.#speaker;
    this.#push({
      parentUuid: this.#parent,
      isSidechain: agentId !== undefined,
      ...(agentId === undefined ? {} : { agentId }),
      ...fields,
      type,
      uuid,
      timestamp: this.#time(),
      userType: "external",
      entrypoint: "cli",
      cwd: "/home/ada/orders",
      sessionId,
      version: "2.1.329",
      gitBranch: "main",
    });
    this.#parent = uuid;
    return uuid;
  }

  /** A line beside the conversation; its type comes first. */
  note(type: string, fields: Fields): void {
    const { sessionId, agentId } = this.#speaker;
    this.#push({ type, sessionId, ...(agentId === undefined ? {} : { agentId }), ...fields });
  }

  /** As `note`, with the time. */
  noteNow(type: string, fields: Fields): void {
    this.note(type, { timestamp: this.#time(), ...fields });
  }

  #time(): string {
    this.#clock += this.#random.between(5, 900);
    return new Date(this.#clock).toISOString();
  }

  #push(line: Fields): void {
    this.lines.push(JSON.stringify(line));
  }
}
