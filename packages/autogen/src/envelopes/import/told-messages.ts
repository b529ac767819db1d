import { BoundedMap, type Key } from "@spoor/core";
import type { ActorEnvelope } from "../envelope.ts";

/** Work that sends messages: the handling of one, or a turn that begins with one. */
export interface Sender {
  readonly session: string;
  readonly key: Key;
  /** Null: no line has told so far. */
  turn: Key | null;
  /** What it sent before that was known. */
  readonly sentEarly: string[];
}

/** A message that a line of the recording tells of. */
export interface ToldMessage {
  /** Its conversation. */
  readonly session: string;
  /** Null: nobody says. */
  readonly sender: Sender | null;
  readonly isRequest: boolean;
}

const remembered = 100_000;

/** What of earlier lines later ones build on. Bounded: a message that is forgotten is one that nobody has told of. */
export class ToldMessages {
  readonly #messages: BoundedMap<string, ToldMessage> = new BoundedMap(remembered);
  /** What a request is called in its answer. */
  readonly #requests: BoundedMap<string, string> = new BoundedMap(remembered);
  /** Which delivery to an agent was the last. */
  readonly #attempts: BoundedMap<string, number> = new BoundedMap(remembered);

  find(messageId: string): ToldMessage | null {
    return this.#messages.get(messageId) ?? null;
  }

  tell({ messageId, correlationId }: ActorEnvelope, message: ToldMessage): void {
    this.#messages.set(messageId, message);
    if (message.sender?.turn === null) message.sender.sentEarly.push(messageId);
    if (message.isRequest && correlationId !== undefined)
      this.#requests.set(correlationId, messageId);
  }

  deliver(messageId: string, agent: string, attempt: number): void {
    this.#attempts.set(JSON.stringify([messageId, agent]), attempt);
  }

  attemptOf(messageId: string, agent: string): number {
    return this.#attempts.get(JSON.stringify([messageId, agent])) ?? 1;
  }

  /** The message that was being handled when this one was made; of an answer, what it answers. Null: nobody says. */
  causeOf({ kind, causationId, correlationId }: ActorEnvelope): string | null {
    if (causationId !== undefined) return causationId;
    if ((kind !== "response" && kind !== "error") || correlationId === undefined) return null;
    const request = this.#requests.get(correlationId);
    return request ?? (this.#messages.has(correlationId) ? correlationId : null);
  }
}
