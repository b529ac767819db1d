import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { fieldsOf, listOf, textOf } from "../narrow.ts";
import { wordsOf } from "../content.ts";
import { eventsOf, type GivenAnswer, type ScriptedAnswer } from "./scripted-answer.ts";

/** The answers of each line of talk, by a word in the prompt that it begins with; a line without such a word is the one called `""`. */
export type Script = Readonly<Record<string, readonly ScriptedAnswer[]>>;

export interface ScriptedMessagesApi extends AsyncDisposable {
  readonly url: string;
  /** In the order in which they were given. */
  readonly given: readonly GivenAnswer[];
  /** What was asked that no script has an answer for. */
  readonly unexpected: readonly string[];
}

/** The Messages API on this machine, streaming what a script says, whatever it is asked. Nobody outside of it can reach it. */
export async function scriptedMessagesApi(script: Script): Promise<ScriptedMessagesApi> {
  const given: GivenAnswer[] = [];
  const unexpected: string[] = [];
  const spoken = new Map<string, number>();
  const open = new Set<ServerResponse>();

  const server = createServer((request, response) => {
    open.add(response);
    response.once("close", () => open.delete(response));
    void answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("expected a port");

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = fieldsOf(parsed(await text(request)));
    const path = (request.url ?? "").split("?", 1)[0];
    if (path !== "/v1/messages" || request.method !== "POST") {
      refuse(response, 404, `${request.method} ${path}`);
      return;
    }
    const line = lineOf(body, Object.keys(script));
    const count = spoken.get(line) ?? 0;
    const next = script[line]?.[count];
    if (next === undefined) {
      refuse(response, 400, `answer ${count + 1} of "${line}"`);
      return;
    }
    spoken.set(line, count + 1);
    const called: GivenAnswer = {
      message_id: `msg_${line || "main"}_${count + 1}`,
      model: textOf(body["model"]) ?? "unknown",
      usage: usageOf(given.length),
    };
    given.push(called);
    response.writeHead(200, { "content-type": "text/event-stream", "request-id": `req_${count}` });
    for (const event of eventsOf(next, called))
      response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    if (next.hangs !== true) response.end();
  }

  function refuse(response: ServerResponse, status: number, what: string): void {
    unexpected.push(what);
    const error = { type: "invalid_request_error", message: `not in the script: ${what}` };
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify({ type: "error", error }));
  }

  return {
    url: `http://127.0.0.1:${address.port}`,
    given,
    unexpected,
    async [Symbol.asyncDispose]() {
      for (const response of open) response.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** Each answer uses something else, so that a sum cannot be right by chance. */
const usageOf = (index: number): GivenAnswer["usage"] => ({
  input_tokens: 3 + index,
  cache_read_input_tokens: 1_000 * (index + 1),
  cache_creation_input_tokens: 100 + 7 * index,
  output_tokens: 20 + 11 * index,
});

/** Told by the first message, which a line of talk keeps. */
function lineOf(body: Readonly<Record<string, unknown>>, names: readonly string[]): string {
  const first = listOf(body["messages"]).map(fieldsOf)[0] ?? {};
  const words = wordsOf(first["content"]) ?? "";
  return names.find((name) => name !== "" && words.includes(name)) ?? "";
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
