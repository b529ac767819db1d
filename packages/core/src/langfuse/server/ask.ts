import type { Answer } from "../../otlp/transport/answer.ts";
import { ask as askOver } from "../../otlp/transport/ask.ts";
import type { LangfuseServer } from "./langfuse-server.ts";

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

/** What the server answers, whatever that is; throws an `ExportFailure` where it answers nothing. */
export function ask(
  { baseUrl, headers: own, fetch }: LangfuseServer,
  { path, body, headers, openly = false, read }: Question,
  signal: AbortSignal,
): Promise<Answer> {
  const request: RequestInit = {
    method: body === undefined ? "GET" : "POST",
    headers: { ...(openly ? {} : own), ...headers },
    ...(body === undefined ? {} : { body }),
    signal,
  };
  const whom = `the Langfuse at ${baseUrl}`;
  return askOver(`${baseUrl}${path}`, request, { whom, fetch, ...(read && { read }) });
}
