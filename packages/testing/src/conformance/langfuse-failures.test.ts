import { performance } from "node:perf_hooks";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { faults, type LangfuseServerOptions } from "../langfuse-server/index.ts";
import { conversation, noise, spansWith } from "./langfuse-drafts.fixture.ts";
import {
  idsSentTo,
  observerTo,
  record,
  serverThat,
  storedBy,
  storedWithoutFailure,
} from "./langfuse-failures.fixture.ts";

const patience = { timeoutMs: 40_000 };
const impatience = { timeoutMs: 600 };
const tools = 40;
const drafts = conversation(tools);
const all = spansWith(tools);

const whole = { accepted: all, delivered: all, dropped: 0, pending: 0, failure: null } as const;
const once = { ...whole, maybeDuplicate: 0 };

const servers: readonly (readonly [string, LangfuseServerOptions])[] = [
  ["of version 4", {}],
  ["of version 3", { version: "3.225.4" }],
  ["from before OTLP", { version: "2.95.11" }],
];

describe.each(servers)(
  "a Langfuse %s has in the end what one has that never failed",
  (_, options) => {
    test("where it is down as the application starts", async () => {
      const server = await serverThat(options);
      await server.down();
      const observer = observerTo(server);
      record(observer, drafts);
      const { langfuse: waiting } = await observer.flush(impatience);
      expect(waiting).toMatchObject({ delivered: 0, dropped: 0, pending: all });
      expect(String(waiting?.failure)).toContain("could not be reached");
      await server.up();
      const reports = await observer.flush(patience);
      expect(reports).toMatchObject({ langfuse: once, "langfuse-scores": { delivered: 1 } });
      expect(storedBy(server)).toEqual(await storedWithoutFailure(drafts, options));
    });

    test("where it goes down between two batches", async () => {
      const server = await serverThat(options);
      const observer = observerTo(server);
      record(observer, drafts.slice(0, 30));
      await observer.flush(patience);
      await server.down();
      record(observer, drafts.slice(30));
      const { langfuse: waiting } = await observer.flush(impatience);
      expect(waiting).toMatchObject({ dropped: 0, pending: all - (waiting?.delivered ?? all) });
      await server.up();
      // What met the connection that broke may have arrived before it did.
      expect(await observer.flush(patience)).toMatchObject({ langfuse: whole });
      expect(storedBy(server)).toEqual(await storedWithoutFailure(drafts, options));
    });

    test.each([500, 503])("where it answers %i three times", async (status) => {
      const server = await serverThat(options);
      server.suffers(faults.times(3, faults.broken(status)));
      const observer = observerTo(server);
      record(observer, drafts);
      const { langfuse } = await observer.flush(patience);
      expect(langfuse).toMatchObject(whole);
      expect(storedBy(server)).toEqual(await storedWithoutFailure(drafts, options));
    });

    test("where it asks to come back in a second: not before that, and nothing twice", async () => {
      const server = await serverThat(options);
      server.suffers(faults.times(2, faults.busy(1)));
      const observer = observerTo(server);
      record(observer, drafts);
      const before = performance.now();
      expect(await observer.flush(patience)).toMatchObject({ langfuse: once });
      expect(performance.now() - before).toBeGreaterThan(950);
      expect(storedBy(server)).toEqual(await storedWithoutFailure(drafts, options));
    });

    test("where it takes less at a time than is sent", async () => {
      const server = await serverThat(options);
      server.suffers(faults.above(3_000));
      const observer = observerTo(server);
      record(observer, drafts);
      expect(await observer.flush(patience)).toMatchObject({ langfuse: once });
      expect(storedBy(server)).toEqual(await storedWithoutFailure(drafts, options));
    });

    test("where its answers are lost: what was sent again is counted, and stands there once", async () => {
      const server = await serverThat(options);
      server.suffers(faults.times(2, faults.lost));
      const observer = observerTo(server);
      record(observer, drafts);
      const { langfuse, "langfuse-scores": scores } = await observer.flush(patience);
      expect(langfuse).toMatchObject(whole);
      expect((langfuse?.maybeDuplicate ?? 0) + (scores?.maybeDuplicate ?? 0)).toBeGreaterThan(0);
      expect(storedBy(server)).toEqual(await storedWithoutFailure(drafts, options));
    });
  },
);

describe("what Langfuse will never have is told, with its reason", () => {
  test("one value that is larger than a proxy lets through, and all else arrives", async () => {
    const server = await serverThat();
    server.suffers(faults.above(30_000));
    const observer = observerTo(server);
    const large = conversation(tools, {
      answerTo: (tool) => (tool === 7 ? noise(60_000) : "small"),
    });
    record(observer, large);
    const { langfuse } = await observer.flush(patience);
    expect(langfuse).toMatchObject({ delivered: all - 1, dropped: 1, pending: 0, failure: null });
    const { observations } = server.stored();
    expect(langfuse?.drops).toMatchObject([{ reason: expect.stringContaining("413") }]);
    const [{ ids } = { ids: [] }] = langfuse?.drops ?? [];
    expect(observations.map(({ id }) => id)).not.toContain(ids[0]);
    expect(observations.filter(({ name }) => name === "search")).toHaveLength(tools - 1);
  });

  test("a key that is refused drops nothing: it says what to do, and waits", async () => {
    const server = await serverThat();
    const observer = observerTo({ ...server, url: server.url, secretKey: "sk-lf-of-another" });
    record(observer, drafts);
    const { langfuse } = await observer.flush(impatience);
    expect(langfuse).toMatchObject({ dropped: 0, pending: all });
    expect(String(langfuse?.failure)).toContain("check that both keys belong to one project");
  });
});

const isSoak = process.env["SPOOR_SOAK"] !== undefined;
/** More than the queues of others hold. */
const burst = isSoak ? 10_000 : 3_000;
/** Of 64 kB: more than waits in memory. */
const large = isSoak ? 1_000 : 400;

test(`a burst of ${burst} arrives whole, each once`, async () => {
  const server = await serverThat();
  const observer = observerTo(server);
  record(observer, conversation(burst));
  const accepted = spansWith(burst);
  expect(await observer.flush(patience)).toMatchObject({
    langfuse: { accepted, delivered: accepted, dropped: 0, pending: 0, maybeDuplicate: 0 },
  });
  const sent = idsSentTo(server);
  expect(new Set(sent).size).toBe(sent.length);
  const searches = server.stored().observations.filter(({ name }) => name === "search");
  expect(new Set(searches.map(({ input }) => input)).size).toBe(burst);
});

test(`an application that ends with ${large} large events to send has sent them`, async () => {
  const server = await serverThat();
  const observer = observerTo(server);
  const rest = noise(64_000);
  const answerTo = (tool: number): string => `${tool} ${rest}`;
  record(observer, conversation(large, { answerTo }));
  await observer.close({ timeoutMs: 60_000 });
  expect(observer.health().exporters["langfuse"]).toMatchObject({
    delivered: spansWith(large),
    dropped: 0,
    pending: 0,
    maybeDuplicate: 0,
  });
  const { observations } = server.stored();
  const answers = observations.filter(({ name }) => name === "search").map(({ output }) => output);
  expect(answers).toEqual(Array.from({ length: large }, (_, tool) => answerTo(tool)));
});
