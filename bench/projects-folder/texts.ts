import { Buffer } from "node:buffer";
import { readdirSync, readFileSync } from "node:fs";
import type { Random } from "./random.ts";

/** What is said and read in a session, of any length, and different each time. */
export interface Texts {
  readonly prose: (length: number) => string;
  /** Numbered, as a tool that reads files gives it. */
  readonly code: (length: number) => string;
  readonly log: (length: number) => string;
  /** Of an image, in base64. */
  readonly image: (bytes: number) => string;
}

const words =
  "the test that fails reads a file and then the handler waits for an answer which never comes because its timer was cleared before so I look at where it is set and what else calls it".split(
    " ",
  );

const room = new URL("../../packages/core/src/recorder/", import.meta.url);
const source = readdirSync(room)
  .filter((name) => name.endsWith(".ts"))
  .map((name) => readFileSync(new URL(name, room), "utf8"))
  .join("\n")
  .split("\n");

const filled = (length: number, more: () => string): string => {
  const parts: string[] = [];
  for (let had = 0; had < length;) {
    const part = more();
    parts.push(part);
    had += part.length;
  }
  return parts.join("").slice(0, length);
};

export function textsFrom(random: Random): Texts {
  const sentence = (): string =>
    `${Array.from({ length: random.between(5, 14) }, () => random.pick(words)).join(" ")}. `;
  return {
    prose: (length) => filled(length, sentence),
    code: (length) => {
      let line = random.between(0, source.length - 1);
      const shown = line % 400;
      let number = shown;
      return filled(length, () => {
        line = (line + 1) % source.length;
        number += 1;
        return `${number}\t${source[line]?.replace(/\d/, String(random.between(0, 9))) ?? ""}\n`;
      });
    },
    log: (length) =>
      filled(
        length,
        () =>
          `2026-11-${random.between(10, 28)}T10:${random.between(10, 59)}:07Z INFO request id=${random.hex(12)} path=/api/v1/orders/${random.between(1, 99_999)} status=${random.pick([200, 200, 200, 404, 500])} ms=${random.between(1, 900)}\n`,
      ),
    image: (bytes) => {
      const block = Buffer.from(
        Uint32Array.from({ length: 256 }, () => random.next() * 2 ** 32).buffer,
      );
      return Buffer.alloc(bytes, block).toString("base64");
    },
  };
}
