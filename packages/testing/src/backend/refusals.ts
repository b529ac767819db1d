import type { Buffer } from "node:buffer";
import { type Answer, answers, type Decision } from "./answer.ts";

/** 413 for a body of more bytes than that, uncompressed. */
export function refusesAbove(bytes: number, otherwise: Answer = answers.ok): Decision {
  return ({ body }) =>
    body.byteLength > bytes ? answers.status(413, `more than ${bytes} bytes`) : otherwise;
}

/** 400 for a body in which something is wrong: what a backend says of a batch with one bad member. */
export function refusesBodies(
  isBad: (body: Buffer) => boolean,
  otherwise: Answer = answers.ok,
): Decision {
  return ({ body }) =>
    isBad(body) ? answers.status(400, "a member of the batch is malformed") : otherwise;
}
