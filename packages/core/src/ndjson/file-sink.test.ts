import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { systemError } from "../journal/disk/failing-disk.fixture.ts";
import { temporaryFolder } from "../testing-kit/temporary-folder.ts";
import { ExportFailure } from "../pipeline/export-failure.ts";
import { openToAppend } from "./appended-file.ts";
import { fileSink } from "./file-sink.ts";
import type { Sink } from "./sink.ts";

const fileIn = (...names: readonly string[]): string =>
  join(temporaryFolder(), ...(names.length > 0 ? names : ["events.ndjson"]));
const read = (path: string): string => readFileSync(path, "utf8");

/** Whether the sink said that the file is a new one. */
async function write(sink: Sink, text: string): Promise<boolean | null> {
  let told: boolean | null = null;
  await sink.write((isNew) => {
    told = isNew;
    return text;
  });
  return told;
}

async function failureOf(writing: Promise<unknown>): Promise<ExportFailure> {
  const failure: unknown = await writing.catch((error: unknown) => error);
  if (!ExportFailure.is(failure)) throw new Error("expected a failure");
  return failure;
}

test("the file and its folder are made, and nobody but their owner can look into them", async () => {
  const path = fileIn("deep", "events.ndjson");
  await write(fileSink(path), "one\n");
  expect(read(path)).toBe("one\n");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(join(path, "..")).mode & 0o777).toBe(0o700);
});

test("a file that is there keeps what is in it, and its mode", async () => {
  const path = fileIn();
  writeFileSync(path, "before\n");
  chmodSync(path, 0o640);
  expect(await write(fileSink(path), "after\n")).toBe(true);
  expect(read(path)).toBe("before\nafter\n");
  expect(statSync(path).mode & 0o777).toBe(0o640);
});

test("what others append in between is not written over, and makes no new file of it", async () => {
  const path = fileIn();
  const sink = fileSink(path);
  await write(sink, "one\n");
  appendFileSync(path, "from elsewhere\n");
  expect(await write(sink, "two\n")).toBe(false);
  expect(read(path)).toBe("one\nfrom elsewhere\ntwo\n");
});

describe("half a line at the end of the file is ended first,", () => {
  test("where another process left it", async () => {
    const path = fileIn();
    writeFileSync(path, "whole\nha");
    await write(fileSink(path), "one\n");
    expect(read(path)).toBe("whole\nha\none\n");
  });

  test("where a full disk did", async () => {
    const path = fileIn();
    let left: number | null = 6;
    const sink = fileSink(path, async (path) => {
      const file = await openToAppend(path);
      return {
        ...file,
        append: (bytes) => {
          if (left === 0) throw systemError("ENOSPC");
          const taken = left === null ? bytes : bytes.subarray(0, left);
          left &&= 0;
          return file.append(taken);
        },
      };
    });
    const failure = await failureOf(write(sink, "one\ntwo\n"));
    expect(failure).toMatchObject({ retry: "same", answered: false });
    expect(failure.message).toContain("ENOSPC");
    expect(failure.cause).toMatchObject({ code: "ENOSPC" });
    expect(await failureOf(write(sink, "one\ntwo\n"))).toMatchObject({ answered: true });
    left = null;
    await write(sink, "one\ntwo\n");
    expect(read(path)).toBe("one\ntw\none\ntwo\n");
  });
});

test("a disk that takes a little at a time gets all of it, once", async () => {
  const path = fileIn();
  const sink = fileSink(path, async (path) => {
    const file = await openToAppend(path);
    return { ...file, append: (bytes) => file.append(bytes.subarray(0, 3)) };
  });
  await write(sink, "some é text\n");
  expect(read(path)).toBe("some é text\n");
});

test("a disk that takes nothing and says nothing has failed", async () => {
  const sink = fileSink(fileIn(), async (path) => ({
    ...(await openToAppend(path)),
    append: () => Promise.resolve(0),
  }));
  expect((await failureOf(write(sink, "one\n"))).message).toContain("only 0 of 4 bytes");
});

describe("rotation:", () => {
  const rotations: readonly (readonly [string, (path: string) => void])[] = [
    ["renamed", (path) => renameSync(path, `${path}.1`)],
    [
      "renamed and made anew with a mode of its own",
      (path) => {
        renameSync(path, `${path}.1`);
        writeFileSync(path, "", { mode: 0o640 });
      },
    ],
    [
      "copied and cut to nothing",
      (path) => {
        copyFileSync(path, `${path}.1`);
        truncateSync(path);
      },
    ],
    ["removed", (path) => rmSync(path)],
    [
      "removed with its folder",
      (path) => {
        rmSync(join(path, ".."), { recursive: true });
      },
    ],
  ];

  test.each(rotations)("a file that was %s is a new one, once", async (_, rotate) => {
    const path = fileIn("folder", "events.ndjson");
    const sink = fileSink(path);
    const told = [await write(sink, "one\n"), await write(sink, "two\n")];
    rotate(path);
    told.push(await write(sink, "three\n"), await write(sink, "four\n"));
    expect(told).toEqual([true, false, true, false]);
    expect(read(path)).toBe("three\nfour\n");
    if (existsSync(`${path}.1`)) expect(read(`${path}.1`)).toBe("one\ntwo\n");
  });

  test("a new file is told from the old one also where somebody else has filled it already", async () => {
    const path = fileIn();
    const sink = fileSink(path);
    await write(sink, "one\n");
    renameSync(path, `${path}.1`);
    writeFileSync(path, "longer than the old one was\n");
    expect(await write(sink, "two\n")).toBe(true);
  });

  test("a new file stays new until something was written to it", async () => {
    const path = fileIn();
    const sink = fileSink(path);
    await write(sink, "one\n");
    rmSync(path);
    const failing = sink.write(() => {
      throw new Error("not yet");
    });
    await failureOf(failing);
    expect(await write(sink, "two\n")).toBe(true);
  });
});

test("a path that cannot be written to is told with its name, and nothing was sent", async () => {
  const path = fileIn("folder");
  mkdirSync(path);
  const failure = await failureOf(write(fileSink(path), "one\n"));
  expect(failure).toMatchObject({ retry: "same", answered: true });
  expect(failure.message).toContain(path);
});

test("the file is closed after each write, also after one that failed", async () => {
  let open = 0;
  let fails = false;
  const sink = fileSink(fileIn(), async (path) => {
    const file = await openToAppend(path);
    open += 1;
    return {
      ...file,
      append: (bytes) => (fails ? Promise.reject(systemError("EIO")) : file.append(bytes)),
      close: async () => {
        await file.close();
        open -= 1;
      },
    };
  });
  await write(sink, "one\n");
  fails = true;
  await failureOf(write(sink, "two\n"));
  expect(open).toBe(0);
});
