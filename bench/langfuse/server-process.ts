import { faults, langfuseServer, type LangfuseServer } from "@spoor/testing/langfuse-server";

/** What the benchmark asks of its Langfuse. */
export type Order =
  | { readonly start: string }
  | { readonly down: true }
  | { readonly up: true }
  | { readonly suffers: "too large" | "broken twice" }
  | { readonly count: string };

/** Where it is, and what it has. */
export interface Answer {
  readonly url: string;
  readonly publicKey: string;
  readonly secretKey: string;
  /** Rows of the name, or of the type, that was asked for. */
  readonly rows: number;
  readonly requests: number;
  /** Of all requests that bring data, as they came over the wire. */
  readonly bytes: number;
}

/** What a proxy takes that nobody has told anything else: nginx's `client_max_body_size`. */
const mostBytes = 1_000_000;

/** A Langfuse in a process of its own, so that what it costs is in nobody's figures. */
let server: LangfuseServer | null = null;

process.on("message", async (order: Order) => {
  if ("start" in order) server = await langfuseServer({ version: order.start });
  else if ("down" in order) await server?.down();
  else if ("up" in order) await server?.up();
  else if ("suffers" in order)
    server?.suffers(
      order.suffers === "too large" ? faults.above(mostBytes) : faults.times(2, faults.broken()),
    );
  if (server) process.send?.(answerOf(server, "count" in order ? order.count : null));
});

// Its case has ended, however that came.
process.on("disconnect", () => process.exit());

function answerOf(
  { url, publicKey, secretKey, requests, ...asked }: LangfuseServer,
  counted: string | null,
): Answer {
  const rows = counted === null ? [] : asked.stored().observations;
  const posted = requests.filter(({ method }) => method === "POST");
  return {
    url,
    publicKey,
    secretKey,
    rows: rows.filter(({ name, type }) => name === counted || type === counted).length,
    requests: posted.length,
    bytes: posted.reduce((sum, { sent }) => sum + sent.byteLength, 0),
  };
}
