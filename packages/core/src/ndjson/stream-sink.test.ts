import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { systemError } from "../journal/disk/failing-disk.fixture.ts";
import { ExportFailure } from "../pipeline/export-failure.ts";
import type { Sink } from "./sink.ts";
import { streamSink } from "./stream-sink.ts";

type Callback = (error?: Error | null) => void;

interface Reader {
  readonly stream: Writable;
  readonly took: () => string;
}

/** A stream whose other end answers as it is told. */
function readBy(answer: (text: string, done: Callback) => void): Reader {
  let took = "";
  const stream = new Writable({
    decodeStrings: false,
    autoDestroy: false,
    write(text: string, _encoding, done) {
      took += text;
      answer(text, done);
    },
  });
  return { stream, took: () => took };
}

const write = (sink: Sink, text: string): Promise<void> => sink.write(() => text);

async function failureOf(writing: Promise<unknown>): Promise<ExportFailure> {
  const failure: unknown = await writing.catch((error: unknown) => error);
  if (!ExportFailure.is(failure)) throw new Error("expected a failure");
  return failure;
}

test("a write is over when the stream says so, and not before", async () => {
  const callbacks: Callback[] = [];
  const { stream, took } = readBy((_, done) => callbacks.push(done));
  let isOver = false;
  const writing = write(streamSink(stream), "one\n").then(() => (isOver = true));
  await new Promise((resolve) => setImmediate(resolve));
  expect({ took: took(), isOver }).toEqual({ took: "one\n", isOver: false });
  callbacks[0]?.();
  await writing;
  expect(stream.listenerCount("error")).toBe(0);
});

test("nothing is ever new on a stream: what was told stays told", async () => {
  const { stream } = readBy((_, done) => done());
  const told: boolean[] = [];
  const sink = streamSink(stream);
  for (let time = 0; time < 2; time += 1)
    await sink.write((isNew) => {
      told.push(isNew);
      return "x\n";
    });
  expect(told).toEqual([false, false]);
});

describe("a stream that fails", () => {
  test("is told to the pipeline and to nobody else", async () => {
    const { stream } = readBy((_, done) => done(systemError("EPIPE")));
    const failure = await failureOf(write(streamSink(stream), "one\n"));
    expect(failure).toMatchObject({ retry: "same", answered: false });
    expect(failure.message).toContain("EPIPE");
    await new Promise((resolve) => setImmediate(resolve));
    expect(stream.listenerCount("error")).toBe(0);
  });

  test("and goes on, as standard output may, is written to on a new line", async () => {
    const written: string[] = [];
    const failures: (Error | null)[] = [systemError("EAGAIN"), null, null];
    const stream = Object.assign(new EventEmitter(), {
      writable: true,
      write(text: string, done: Callback) {
        written.push(text);
        done(failures.shift());
      },
    });
    const sink = streamSink(stream as unknown as Writable);
    await failureOf(write(sink, "one\n"));
    await write(sink, "one\n");
    await write(sink, "two\n");
    expect(written).toEqual(["one\n", "\none\n", "two\n"]);
  });

  test.each<[string, (stream: Writable) => unknown]>([
    ["was ended", (stream) => stream.end()],
    ["was destroyed", (stream) => stream.destroy()],
  ])("because it %s is not written to", async (_, end) => {
    const { stream, took } = readBy((_, done) => done());
    const sink = streamSink(stream);
    end(stream);
    for (let time = 0; time < 20; time += 1)
      expect(await failureOf(write(sink, "one\n"))).toMatchObject({ answered: true });
    expect(took()).toBe("");
    expect(stream.listenerCount("error")).toBe(0);
  });
});

test("a reader of standard output that goes away ends neither the process nor the trying", async () => {
  const program = fileURLToPath(new URL("printing.fixture.ts", import.meta.url));
  const child = spawn(process.execPath, ["--conditions=@spoor/source", program], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  child.stdout.once("data", () => child.stdout.destroy());
  const [code] = await once(child, "close");
  expect({ code, said }).toEqual({ code: 0, said: "EPIPE same\nEPIPE same\nEPIPE same\n" });
});
