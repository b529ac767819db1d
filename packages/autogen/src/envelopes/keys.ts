import type { Key } from "@spoor/core";

/** The turn that a message began: the same name in every process that meets the message. `attempt`: of a turn that began with its delivery. */
export function turnKeyOf(messageId: string, attempt: number = 1): Key {
  return attempt === 1 ? `message:${messageId}` : JSON.stringify(["message", messageId, attempt]);
}

/** One delivery of a message to one agent. As JSON, so that no two are spelt alike whatever an id holds. */
export function handlingKeyOf(messageId: string, agent: string, attempt: number): Key {
  return JSON.stringify(["handling", messageId, agent, attempt]);
}
