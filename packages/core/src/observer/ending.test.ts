import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { gunzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test } from "vitest";
import { startChild } from "../testing-kit/child.ts";
import { temporaryFolder } from "../testing-kit/temporary-folder.ts";
import { otel } from "../otel/index.ts";
import { deliverPending } from "./deliver-pending.ts";

interface Collector {
  readonly url: string;
  /** Names of the spans that it took, in the order in which they came. */
  readonly names: readonly string[];
}

/** Takes what it is sent and answers as it is told. */
async function collector(
  answer: (response: ServerResponse) => unknown = (response) => response.end("{}"),
): Promise<Collector> {
  const names: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    const text = request.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes;
    for (const [, name = ""] of text.toString().matchAll(/"name":"execute_tool ([^"]+)"/g))
      names.push(name);
    answer(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/v1/traces`, names };
}

const tools = Array.from({ length: 10 }, (_, call) => `tool ${call}`);
const nowhere = "http://127.0.0.1:9/v1/traces";

async function recording(url: string, how: string) {
  const dir = temporaryFolder();
  const child = startChild(new URL("ending.fixture.ts", import.meta.url), dir, url, how);
  await child.printed(1);
  return { dir, child };
}

/** What is sent of the journal when somebody asks for what is pending. */
async function pendingIn(dir: string): Promise<readonly string[]> {
  const { url, names } = await collector();
  for await (const lane of deliverPending({
    dir,
    routes: [{ to: otel({ url, protocol: "http/json" }) }],
    timeoutMs: 5_000,
  }))
    expect(lane.state).toBe("read");
  return names;
}

describe("a process", () => {
  test.each(["SIGTERM", "SIGINT"] as const)(
    "that gets a %s delivers what has ended, and the signal ends it",
    async (signal) => {
      const { url, names } = await collector();
      const { child, dir } = await recording(url, "never");
      child.kill(signal);
      expect(await child.endedBy).toBe(signal);
      expect(names).toEqual(tools);
      expect(await pendingIn(dir)).toEqual([]);
    },
  );

  test("that listens to the signal itself ends as it decides, and has delivered", async () => {
    const { url, names } = await collector();
    const { child } = await recording(url, "listens");
    child.kill("SIGTERM");
    expect(await child.ended).toBe(7);
    expect(names).toEqual(tools);
  });

  test("that has nothing left to do delivers, and ends", async () => {
    const { url, names } = await collector();
    const { child, dir } = await recording(url, "idle");
    expect(await child.ended).toBe(0);
    expect(names).toEqual(tools);
    expect(await pendingIn(dir)).toEqual([]);
  });

  test("whose backend is down ends without waiting for it, and loses nothing", async () => {
    const { child, dir } = await recording(nowhere, "idle");
    expect(await child.ended).toBe(0);
    expect(await pendingIn(dir)).toEqual(tools);
  });

  test("whose backend never answers ends all the same", async () => {
    const { url } = await collector(() => {});
    const { child } = await recording(url, "idle");
    expect(await child.ended).toBe(0);
  });

  test("that is killed while it delivers leaves the rest to whoever asks for it, and what was answered is not sent again", async () => {
    const { url, names } = await collector((response) =>
      setTimeout(() => response.end("{}"), 60_000).unref(),
    );
    const { child, dir } = await recording(url, "never");
    while (names.length < 10) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill();
    expect(await child.endedBy).toBe("SIGKILL");
    expect(await pendingIn(dir)).toEqual(tools);
    expect(await pendingIn(dir)).toEqual([]);
  });
});
