import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { ok } from "node:assert";
import { createObserver } from "@spoor/core";
import { mustHaveRecorded } from "../recorded.ts";

export const question = "How warm is it in Oslo?";
export const askTheModel = async (): Promise<{ query: string }> => ({ query: "Oslo" });
export const search = (query: string): readonly string[] => [query];

export const observer = createObserver();
export const session = observer.session({ id: "chat-43" });

/** What the other process is sent. */
export const request: { headers: IncomingHttpHeaders } = { headers: {} };

const server = createServer(({ headers }, response) => {
  request.headers = headers;
  response.end();
}).listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));
const { port } = server.address() as AddressInfo;
export const url = `http://127.0.0.1:${port}/`;

export async function afterwards(): Promise<void> {
  await observer.close();
  ok(request.headers["traceparent"]);
  mustHaveRecorded(4);
}
