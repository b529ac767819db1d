import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../testing-kit/temporary-folder.ts";
import * as say from "../testing-kit/drafts.ts";
import type { AgentEvent } from "../vocabulary/event.ts";
import { recorded } from "./conversation.fixture.ts";
import { linesTo } from "./lines-to.ts";
import { ndjson } from "./ndjson.ts";

const idsIn = (text: string): readonly string[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line).id);

const { events, content } = recorded([
  say.turn("turn", { input: "question" }),
  say.ended("turn", "turn", { output: "question" }),
]);
const open: AbortSignal = new AbortController().signal;
const aboutIds = (batch: readonly AgentEvent[]): readonly string[] => batch.map(({ id }) => id);

describe("it writes", () => {
  test("to a file", async () => {
    const file = join(temporaryFolder(), "folder", "events.ndjson");
    await ndjson({ file }).export(events, { signal: open, content });
    const text = readFileSync(file, "utf8");
    expect(idsIn(text)).toEqual(aboutIds(events));
    expect(text.split('"value":"question"')).toHaveLength(2);
  });

  test("to a stream, which it does not end", async () => {
    let text = "";
    const stream = new Writable({
      write(bytes, _encoding, done) {
        text += String(bytes);
        done();
      },
    });
    const exporter = ndjson({ stream });
    await exporter.export(events, { signal: open, content });
    await exporter.close?.();
    expect(idsIn(text)).toEqual(aboutIds(events));
    expect(stream.writable).toBe(true);
  });
});

test("it is named, and has content, unless it is told otherwise", () => {
  expect(ndjson()).toMatchObject({ name: "ndjson", consumes: "events", content: "full" });
  expect(ndjson({ name: "other", content: "none" })).toMatchObject({
    name: "other",
    content: "none",
  });
});

describe("a batch", () => {
  test("that was not written has told nothing: its values come again with it", async () => {
    const texts: string[] = [];
    let fails = true;
    const exporter = linesTo({
      write: async (textFor) => {
        texts.push(textFor(false));
        if (fails) throw new Error("full");
      },
    });
    await expect(exporter.export(events, { signal: open, content })).rejects.toThrow("full");
    fails = false;
    await exporter.export(events, { signal: open, content });
    await exporter.export(events, { signal: open, content });
    expect(texts[1]).toBe(texts[0]);
    expect(texts[2]).not.toContain("values");
  });

  test("that was given up is not written behind the next one's back", async () => {
    const writes: string[] = [];
    const { promise: slow, resolve: goOn } = Promise.withResolvers<void>();
    const exporter = linesTo({
      write: async (textFor) => {
        writes.push(...idsIn(textFor(false)));
        await slow;
      },
    });
    const [one, two] = events;
    if (!one || !two) throw new Error("lost");
    const givenUp = new AbortController();
    const first = exporter.export([one], { signal: open, content });
    const second = exporter.export([one], { signal: givenUp.signal, content });
    const third = exporter.export([two], { signal: open, content });
    givenUp.abort();
    await new Promise((resolve) => setImmediate(resolve));
    expect(writes).toEqual([one.id]);
    goOn();
    await expect(second).rejects.toThrow("aborted");
    await Promise.all([first, third]);
    expect(writes).toEqual([one.id, two.id]);
  });
});
