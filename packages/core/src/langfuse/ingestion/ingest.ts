import { Buffer } from "node:buffer";
import type { Answer } from "../../otlp/transport/answer.ts";
import { textOf } from "../../otlp/transport/saying.ts";
import { isRecord } from "../../vocabulary/json.ts";
import { ingestionPath } from "../paths.ts";
import { ask } from "../server/ask.ts";
import type { LangfuseServer } from "../server/langfuse-server.ts";
import { refusalIn } from "../server/refusal.ts";
import type { IngestionEvent } from "./ingestion-event.ts";

export interface Refused {
  readonly status: number;
  readonly reason: string;
}

/** What became of each line, by its id. What stands in neither, nobody knows. */
export interface Ingested {
  readonly arrived: ReadonlySet<string>;
  readonly refused: ReadonlyMap<string, Refused>;
}

/**
 * Sends lines to the ingestion API, once each, in as few requests as the server takes so many bytes in, and without compression, which old servers do not
 * read. Resolves with what the server says of each line; throws an `ExportFailure` where it says nothing of them: what was sent before that may come again,
 * because lines are written by their id.
 */
export async function ingest(
  server: LangfuseServer,
  batch: readonly IngestionEvent[],
  signal: AbortSignal,
): Promise<Ingested> {
  const arrived = new Set<string>();
  const refused = new Map<string, Refused>();
  for (const body of requestsOf(batch)) {
    const answer = await ask(
      server,
      {
        path: ingestionPath,
        headers: { "content-type": "application/json" },
        body,
        read: wholeBody,
      },
      signal,
    );
    const refusal = refusalIn(answer, server);
    if (refusal) throw refusal;
    const told = ingestedIn(answer);
    for (const id of told.arrived) arrived.add(id);
    for (const [id, why] of told.refused) refused.set(id, why);
  }
  return { arrived, refused };
}

/** Servers take 4.5 MB. */
const mostBytes = 3_500_000;

/** A line that is larger than that goes alone: it is the server's to refuse. */
function* requestsOf(batch: readonly IngestionEvent[]): Iterable<string> {
  const texts: string[] = [];
  let bytes = 0;
  for (const line of batch) {
    const text = JSON.stringify(line);
    const size = Buffer.byteLength(text);
    if (texts.length > 0 && bytes + size > mostBytes) {
      yield bodyOf(texts.splice(0));
      bytes = 0;
    }
    texts.push(text);
    bytes += size;
  }
  if (texts.length > 0) yield bodyOf(texts);
}

const bodyOf = (texts: readonly string[]): string => `{"batch":[${texts.join(",")}]}`;

/** A line is told in about sixty bytes, so the answer to a large batch is longer than a reason ever is. The attempt's own time bounds it. */
async function wholeBody(response: Response): Promise<Uint8Array> {
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch {
    return new Uint8Array();
  }
}

function ingestedIn({ body }: Answer): Ingested {
  const { successes, errors } = answered(textOf(body));
  const refused = errors.flatMap((error): readonly (readonly [string, Refused])[] => {
    if (!isRecord(error) || typeof error["id"] !== "string") return [];
    const { id, status, message, error: detail } = error;
    const reason = [message, detail].find(isSaid) ?? "no reason given";
    return [[id, { status: Number(status), reason }]];
  });
  const arrived = successes.flatMap((success) =>
    isRecord(success) && typeof success["id"] === "string" ? [success["id"]] : [],
  );
  return { arrived: new Set(arrived), refused: new Map(refused) };
}

const isSaid = (said: unknown): said is string => typeof said === "string" && said !== "";

interface Lists {
  readonly successes: readonly unknown[];
  readonly errors: readonly unknown[];
}

function answered(body: string): Lists {
  try {
    const parsed: unknown = JSON.parse(body);
    const list = (name: string): readonly unknown[] => {
      const value = isRecord(parsed) ? parsed[name] : null;
      return Array.isArray(value) ? value : [];
    };
    return { successes: list("successes"), errors: list("errors") };
  } catch {
    return { successes: [], errors: [] };
  }
}
