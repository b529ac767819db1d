import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { type Answer, answers, type Decision, type Script } from "./answer.ts";
import { cut } from "./cut.ts";
import { type Body, noBody, readBeginning, readBody } from "./read-body.ts";
import type { ReceivedRequest } from "./received-request.ts";

/** A server on this machine that does as it is told. */
export interface Backend extends AsyncDisposable {
  /** Without a slash at its end. The same after `down` and `up`. */
  readonly url: string;
  /** In the order in which they were answered. */
  readonly requests: readonly ReceivedRequest[];
  /** From the next request on. */
  answerWith(script: Script): void;
  /** Resolves when a request has arrived that nobody waited for yet, whatever becomes of it; at once where one has. */
  arrival(): Promise<void>;
  openConnections(): number;
  /** Resets what is connected and refuses every connection until `up`. */
  down(): Promise<void>;
  up(): Promise<void>;
  /** Always ends, whatever clients do; the second time nothing is left to do. */
  close(): Promise<void>;
}

const host = "127.0.0.1";

/** Listens on a free port of the loopback interface over real HTTP, and answers as scripted. */
export async function backend(script: Script = answers.ok): Promise<Backend> {
  const loopback = new LoopbackBackend(script);
  await loopback.up();
  return loopback;
}

class LoopbackBackend implements Backend {
  readonly requests: ReceivedRequest[] = [];
  readonly #server: Server;
  readonly #sockets: Set<Socket> = new Set();
  readonly #closing: AbortController = new AbortController();
  #script: Script;
  #port = 0;
  #arrived = 0;
  #awaited = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(script: Script) {
    this.#script = script;
    this.#server = createServer((request, response) => {
      const index = this.#arrived;
      this.#arrived += 1;
      this.#waiting.shift()?.();
      void this.#answer(request, response, index);
    });
    this.#server.on("connection", (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on("error", leftToTheClient).once("close", () => this.#sockets.delete(socket));
    });
  }

  get url(): string {
    return `http://${host}:${this.#port}`;
  }

  answerWith(script: Script): void {
    this.#script = script;
  }

  arrival(): Promise<void> {
    this.#awaited += 1;
    if (this.#awaited <= this.#arrived) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  openConnections(): number {
    return this.#sockets.size;
  }

  up(): Promise<void> {
    if (this.#server.listening) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(this.#port, host, () => {
        this.#server.off("error", reject);
        this.#port = (this.#server.address() as AddressInfo).port;
        resolve();
      });
    });
  }

  async down(): Promise<void> {
    if (!this.#server.listening) return;
    const ended = Array.from(this.#sockets, (socket) => {
      socket.resetAndDestroy();
      return once(socket, "close");
    });
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
    await Promise.all(ended);
  }

  close(): Promise<void> {
    this.#closing.abort();
    return this.down();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse, index: number): Promise<void> {
    const scripted = nextOf(this.#script, index);
    const received: ReceivedRequest = {
      index,
      method: request.method ?? "",
      path: request.url ?? "",
      headers: request.headers,
      ...(await readFor(scripted, request)),
    };
    this.requests.push(received);
    const answer = typeof scripted === "function" ? decided(scripted, received) : scripted;
    if ("silent" in answer) return;
    if ("cut" in answer) cut(response, answer.cut === "in answer");
    else await this.#say(response, answer);
  }

  async #say(
    response: ServerResponse,
    { status, headers, body, afterMs = 0 }: Extract<Answer, { readonly status: number }>,
  ): Promise<void> {
    if (afterMs > 0 && !(await this.#waited(afterMs))) return;
    response.writeHead(status, { ...headers }).end(body);
  }

  /** False: closed in the meantime. */
  async #waited(ms: number): Promise<boolean> {
    try {
      await wait(ms, undefined, { signal: this.#closing.signal, ref: false });
      return true;
    } catch {
      return false;
    }
  }
}

function nextOf(script: Script, index: number): Answer | Decision {
  if (!isList(script)) return script;
  return script[Math.min(index, script.length - 1)] ?? answers.ok;
}

const isList = (script: Script): script is readonly (Answer | Decision)[] => Array.isArray(script);

/** A connection that is to be cut early is not read further. */
async function readFor(scripted: Answer | Decision, request: IncomingMessage): Promise<Body> {
  const place = "cut" in scripted ? scripted.cut : null;
  if (place === "before body") return noBody;
  return place === "in body" ? readBeginning(request) : readBody(request);
}

/** A decision that throws is a mistake in a test: it shows in the answer. */
function decided(decide: Decision, received: ReceivedRequest): Answer {
  try {
    return decide(received);
  } catch (error) {
    return answers.status(500, `the script of this backend failed: ${String(error)}`);
  }
}

/** A client that hangs up is what many tests are about. */
const leftToTheClient = (): void => {};
