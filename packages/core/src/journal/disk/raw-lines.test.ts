import { Buffer } from "node:buffer";
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";
import { nodeFileSystem } from "./file-system.ts";
import { rawLines, rawLinesIfThere } from "./raw-lines.ts";

const newFile = (): string => join(temporaryFolder(), "lines");

const read = (file: string, from?: number): readonly string[] =>
  Array.from(rawLines(file, from), ({ offset, bytes }) => `${offset}:${bytes.toString("latin1")}`);

const line = fc.oneof(
  fc.string({ maxLength: 20, unit: "binary-ascii" }).map((text) => text.replaceAll("\n", "")),
  fc.constantFrom(255, 256, 65_536, 262_143, 262_144, 700_000).map((length) => "x".repeat(length)),
);

test("each whole line is given once, with its place, however long it is and wherever it lies", () => {
  const file = newFile();
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), line, (lines, torn) => {
      writeFileSync(file, lines.map((text) => `${text}\n`).join("") + torn, "latin1");
      let offset = 0;
      const expected = lines.map((text) => {
        const place = `${offset}:${text}`;
        offset += text.length + 1;
        return place;
      });
      expect(read(file)).toEqual(expected);
      const [, second] = expected;
      if (second !== undefined)
        expect(read(file, Number(second.split(":")[0]))).toEqual(expected.slice(1));
    }),
    { numRuns: 40 },
  );
});

test("bytes that are no text are given as they are", () => {
  const file = newFile();
  writeFileSync(file, Buffer.from([0xff, 0, 10, 10, 0xc3]));
  const lines = Array.from(rawLines(file), ({ bytes }) => [...bytes]);
  expect(lines).toEqual([[0xff, 0], []]);
});

test("what is appended while it is read belongs to the next reading", () => {
  const file = newFile();
  writeFileSync(file, "one\ntwo\n");
  const seen: string[] = [];
  for (const { bytes } of rawLines(file)) {
    seen.push(bytes.toString());
    appendFileSync(file, "more\n");
  }
  expect(seen).toEqual(["one", "two"]);
});

test("a file that is missing is told apart where that is asked, and each one is closed", () => {
  const file = newFile();
  let open = 0;
  const files = {
    ...nodeFileSystem,
    openToRead: (path: string) => {
      const fd = nodeFileSystem.openToRead(path);
      open += 1;
      return fd;
    },
    close: (fd: number) => {
      open -= 1;
      nodeFileSystem.close(fd);
    },
  };
  writeFileSync(file, "one\ntwo\n");
  for (const _ of rawLines(file, 0, files)) break;
  expect(open).toBe(0);
  expect(() => [...rawLines(join(file, "none"), 0, files)]).toThrow(/ENOTDIR|ENOENT/);
  expect([...rawLinesIfThere(`${file}.none`, 0, files)]).toEqual([]);
});
