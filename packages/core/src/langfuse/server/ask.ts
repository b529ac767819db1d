import { Buffer } from "node:buffer";
import type { Answer } from "../../otlp/transport/answer.ts";
import { ask as askOver } from "../../otlp/transport/ask.ts";
import type { LangfuseServer } from "./langfuse-server.ts";
import { unansweredBy } from "./unanswered.ts";

/** One question, asked once. */
export interface Question {
  /** Behind the address of the server. */
  readonly path: string;
  /** Absent: it is a GET. */
  readonly body?: Uint8Array<ArrayBuffer> | string;
  /** Besides those of the server. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Without the keys. */
  readonly openly?: boolean;
  /** Reads what is answered. Never rejects. Default: its beginning. */
  readonly read?: (response: Response) => Promise<Uint8Array>;
}

/** What the server answers, whatever that is, without the keys, should it repeat them; throws an `ExportFailure` where it answers nothing. */
export async function ask(
  server: LangfuseServer,
  { path, body, headers, openly = false, read }: Question,
  signal: AbortSignal,
): Promise<Answer> {
  const { baseUrl, headers: own, fetch } = server;
  const request: RequestInit = {
    method: body === undefined ? "GET" : "POST",
    headers: { ...(openly ? {} : own), ...headers },
    ...(body === undefined ? {} : { body }),
    signal,
  };
  const whom = `the Langfuse at ${baseUrl}`;
  try {
    const answer = await askOver(`${baseUrl}${path}`, request, {
      whom,
      fetch,
      ...(read && { read }),
    });
    return tellable(answer, server);
  } catch (error) {
    throw unansweredBy(server, error);
  }
}

/** Keys are plain ASCII, and all else of a body comes through this as it is. */
function tellable(answer: Answer, { withoutSecrets }: LangfuseServer): Answer {
  const said = Buffer.from(answer.body).toString("latin1");
  const left = withoutSecrets(said);
  return left === said ? answer : { ...answer, body: Buffer.from(left, "latin1") };
}
