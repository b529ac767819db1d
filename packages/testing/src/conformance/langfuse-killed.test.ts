import { expect, test, vi } from "vitest";
import { faults, type LangfuseServer } from "../langfuse-server/index.ts";
import { fromCore } from "./from-core.fixture.ts";
import { conversation, spansWith } from "./langfuse-drafts.fixture.ts";
import {
  idsSentTo,
  observerTo,
  serverThat,
  storedBy,
  storedWithoutFailure,
  temporaryFolder,
} from "./langfuse-failures.fixture.ts";

interface Child {
  printed(lines: number): Promise<void>;
  kill(): void;
  readonly ended: Promise<unknown>;
}

const { startChild } = await fromCore<{
  readonly startChild: (program: URL, ...parameters: readonly string[]) => Child;
}>("testing-kit/child.ts");

const program = new URL("./langfuse-killed.fixture.ts", import.meta.url);
const patience = { timeoutMs: 40_000 };
const drafts = conversation(40);
const all = spansWith(40);

function working(dir: string, { url, secretKey }: LangfuseServer, how: string = "whole"): Child {
  return startChild(program, dir, url, secretKey, how);
}

async function killed(child: Child): Promise<void> {
  child.kill();
  await child.ended;
}

test("what an application had recorded when it was killed, the next one delivers, each once", async () => {
  const [dir, server] = [temporaryFolder(), await serverThat()];
  await server.down();
  const child = working(dir, server);
  await child.printed(1);
  await killed(child);
  await server.up();
  const observer = observerTo(server, { dir });
  expect(await observer.flush(patience)).toMatchObject({
    langfuse: { delivered: all, dropped: 0, pending: 0, maybeDuplicate: 0 },
    "langfuse-scores": { delivered: 1, pending: 0 },
  });
  expect(storedBy(server)).toEqual(await storedWithoutFailure(drafts));
  expect(new Set(idsSentTo(server)).size).toBe(idsSentTo(server).length);
});

test("what was answered before the application was killed is not sent again", async () => {
  const [dir, server] = [temporaryFolder(), await serverThat()];
  const child = working(dir, server);
  await child.printed(2);
  await killed(child);
  const sent = idsSentTo(server).length;
  await observerTo(server, { dir }).flush(patience);
  expect(idsSentTo(server)).toHaveLength(sent);
});

test("what was on its way when the application was killed is sent again, and stands there once", async () => {
  const [dir, server] = [temporaryFolder(), await serverThat()];
  server.suffers(faults.slow(60_000));
  const child = working(dir, server);
  await vi.waitUntil(() => server.stored().observations.length === all + 1, { timeout: 20_000 });
  await killed(child);
  server.suffers(null);
  const sent = idsSentTo(server);
  await observerTo(server, { dir }).flush(patience);
  expect(idsSentTo(server).toSorted()).toEqual([...sent, ...sent].toSorted());
  expect(storedBy(server)).toEqual(await storedWithoutFailure(drafts));
});

test("a turn that nobody will end is told as such, beside what had ended", async () => {
  const [dir, server] = [temporaryFolder(), await serverThat()];
  const child = working(dir, server, "without its end");
  await child.printed(2);
  expect(server.stored().observations).toHaveLength(all - 1);
  await killed(child);
  const observer = observerTo(server, { dir, abandonAfterMs: 1, clock: () => Date.now() + 1_000 });
  await observer.flush(patience);
  const { observations } = server.stored();
  expect(observations).toHaveLength(all + 1);
  const turn = observations.find(({ parentObservationId }) => parentObservationId === null);
  expect(turn).toMatchObject({
    level: "WARNING",
    statusMessage: expect.stringContaining("unfinished"),
  });
});
