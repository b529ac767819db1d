import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ExportFailure } from "../../pipeline/export-failure.ts";
import { formatFor } from "./format-for.ts";
import type { Format } from "./number.ts";

export interface Place {
  readonly host: string;
  readonly port: number;
}

/** Listens for scrapes, and keeps no process alive. */
export interface ScrapeServer {
  /** The full address, once it listens. Rejects with an `ExportFailure` where it cannot; asked again, it tries again. */
  listening(): Promise<string>;
  close(): Promise<void>;
}

const contentTypes: Readonly<Record<Format, string>> = {
  text: "text/plain; version=0.0.4; charset=utf-8",
  openmetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8",
};

export function scrapeServer(place: Place, expositionIn: (format: Format) => string): ScrapeServer {
  const server = createServer((request, response) => {
    const { status, format } = answerTo(request, place);
    if (status !== 200) {
      response.writeHead(status, { "content-type": "text/plain" }).end(`${words[status]}\n`);
      return;
    }
    const body = expositionIn(format);
    response.writeHead(200, {
      "content-type": contentTypes[format],
      "content-length": Buffer.byteLength(body),
    });
    response.end(request.method === "HEAD" ? undefined : body);
  });
  /** What goes wrong before it listens is told to who waits for that; after that a scrape fails, and the agent is not to fail with it. */
  server.on("error", () => undefined);
  server.unref();
  server.on("connection", (socket) => socket.unref());
  let opening: Promise<string> | null = null;
  let isClosed = false;
  return {
    async listening() {
      if (isClosed) throw failure(place, new Error("it was closed"));
      opening ??= listen(server, place);
      try {
        return await opening;
      } catch (error) {
        opening = null;
        throw failure(place, error);
      }
    },
    async close() {
      isClosed = true;
      await opening?.catch(() => null);
      if (!server.listening) return;
      server.closeAllConnections();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}

const words = {
  400: "this is asked for under another name than the host has",
  404: "metrics are at /metrics",
  405: "metrics can only be read",
} as const;

function answerTo(
  { method, url, headers }: IncomingMessage,
  { host }: Place,
): { readonly status: 200 | keyof typeof words; readonly format: Format } {
  const format = formatFor(headers.accept);
  if (isLoopback(host) && !isLoopback(hostIn(headers.host))) return { status: 400, format };
  if (url?.split("?")[0] !== "/metrics") return { status: 404, format };
  return { status: method === "GET" || method === "HEAD" ? 200 : 405, format };
}

/** A page in a browser can be made to ask here under a name of its own, and would read the answer. */
const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);

const hostIn = (header: string | undefined): string =>
  (URL.parse(`http://${header}`)?.hostname ?? "").replaceAll(/[[\]]/g, "");

/** Leaves nothing on the server, whichever way it goes: a port that stays taken is tried again and again. */
function listen(server: Server, { host, port }: Place): Promise<string> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => {
      server.off("listening", begun);
      reject(error);
    };
    const begun = (): void => {
      server.off("error", failed);
      const { port: taken } = server.address() as AddressInfo;
      resolve(`http://${host.includes(":") ? `[${host}]` : host}:${taken}/metrics`);
    };
    server.once("error", failed);
    server.once("listening", begun);
    server.listen({ host, port });
  });
}

/** Somebody has to give another port or end who has it; until then what is finished waits in the journal. */
function failure({ host, port }: Place, cause: unknown): ExportFailure {
  const isTaken = (cause as NodeJS.ErrnoException | null)?.code === "EADDRINUSE";
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = isTaken
    ? `port ${port} of ${host} is taken, so Prometheus cannot ask there: give prometheus() another port`
    : `Prometheus cannot ask at port ${port} of ${host}: ${reason}`;
  return new ExportFailure(message, { retry: "same", answered: true, needsRepair: true, cause });
}
