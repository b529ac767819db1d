import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { fetchList } from "./fetch-list.ts";

let server: Server | null = null;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

async function serve(answer: RequestListener): Promise<string> {
  const serving = createServer(answer);
  server = serving;
  await new Promise<void>((resolve) => serving.listen(0, "127.0.0.1", resolve));
  return `127.0.0.1:${(serving.address() as AddressInfo).port}/list.json`;
}

const shortly = { untilAnswer: 50, inAll: 100 };

test("a server that never answers is not waited for", async () => {
  const at = await serve(() => {});
  await expect(fetchList(`http://${at}`, { untilAnswer: 50, inAll: 60_000 })).rejects.toThrow(
    `http://${at} does not answer in time`,
  );
});

test("nor one that never ends its answer", async () => {
  const at = await serve((_, response) => response.write("["));
  await expect(fetchList(`http://${at}`, shortly)).rejects.toThrow("does not answer in time");
});

test("why nobody can be reached is said", async () => {
  await expect(fetchList("http://127.0.0.1:1/list.json?token=SECRET")).rejects.toThrow(
    /^http:\/\/127\.0\.0\.1:1\/list\.json cannot be reached( \(\w+\))?$/,
  );
  const at = await serve((request) => request.socket.destroy());
  await expect(fetchList(`http://${at}`)).rejects.toThrow(/cannot be reached \(\w+\)$/);
});

test("a password in an address is neither sent nor said again", async () => {
  const asked: unknown[] = [];
  const at = await serve(({ headers }, response) => {
    asked.push(headers.authorization);
    response.end("[]");
  });
  const failed = await fetchList(`http://user:pw@${at}`).catch(String);
  expect(failed).toContain("without a user and a password");
  expect(failed).not.toContain("pw");
  expect(asked).toEqual([]);
});

test("nothing that a server says is repeated", async () => {
  const at = await serve((_, response) => response.end("\u001b]0;title\u0007"));
  await expect(fetchList(`http://${at}`)).rejects.toThrow(
    new Error(`what http://${at} has is no price list`),
  );
});
