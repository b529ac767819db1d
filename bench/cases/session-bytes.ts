import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createObserver } from "@spoor/core";
import { audit } from "@spoor/core/audit";
import { openSearch } from "@spoor/core/search";
import type { Benchmark, Figure } from "../benchmark.ts";
import { bytesIn } from "../bytes-in.ts";
import { closeComplete } from "../complete.ts";
import { mustVerify } from "../seal/must-verify.ts";
import { type Bytes, bytesOf, plainBytes } from "../session-bytes/bytes.ts";
import { conversation, eventsInTurn } from "../session-bytes/conversation.ts";

const lengths = [50, 500, 2_000];

/** All for a session of so many turns. */
interface Sizes {
  readonly turns: number;
  readonly spoor: Bytes;
  readonly entries: number;
  readonly content: number;
  readonly seal: number;
  readonly index: number;
  readonly plain: Bytes;
}

export const benchmark: Benchmark = {
  name: "bytes of a session",
  note: "A call to a model a turn, each sent all that was said before: messages of 80 and 160 characters, five events a turn. Spoor: `audit()`, default redaction, recorded, sealed, verified and indexed; what is left beside entries, content, seal and index are keys and locks. NDJSON: `JSON.stringify` of what was said to the recorder, a line an event, so the whole context with each call. gzip and zstd: the same bytes as one stream, with the defaults of Node, as an archive of a finished session; a log that is read while it grows has more. gzip sees 32 kB at once, zstd 2 MB: a context that is longer is new to it each time.",
  async prepare(folder) {
    for (const turns of lengths)
      writeFileSync(plainFile(folder, turns), JSON.stringify(await plainBytes(turns)));
  },
  async run({ prepared, scratch }) {
    const sizes: Sizes[] = [];
    for (const turns of lengths) sizes.push(await sizesOf(turns, prepared, scratch));
    return [
      ...sizes.flatMap(figuresOf),
      growth("Spoor", sizes, ({ spoor }) => spoor.plain, 1.1),
      growth("NDJSON", sizes, ({ plain }) => plain.plain),
      growth("NDJSON, gzip", sizes, ({ plain }) => plain.gzip),
      growth("NDJSON, zstd", sizes, ({ plain }) => plain.zstd),
    ];
  },
};

const plainFile = (folder: string, turns: number): string => join(folder, `${turns}.json`);

async function sizesOf(turns: number, prepared: string, scratch: string): Promise<Sizes> {
  const dir = join(scratch, String(turns));
  const observer = createObserver({ journal: audit({ dir }) });
  for (const draft of conversation(turns)) observer.emit(draft);
  await closeComplete(observer);
  mustVerify(dir, turns * eventsInTurn);
  openSearch(dir).close();
  const lane = join(dir, "lanes", "0");
  const content = bytesIn(join(lane, "segments", "0001", "content"));
  return {
    turns,
    spoor: await bytesOf(() => filesIn(dir)),
    entries: bytesIn(join(lane, "segments")) - content,
    content,
    seal: bytesIn(join(lane, "seal")),
    index: statSync(join(dir, "index.sqlite")).size,
    plain: JSON.parse(readFileSync(plainFile(prepared, turns), "utf8")),
  };
}

function* filesIn(folder: string): Generator<Uint8Array> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) yield readFileSync(join(entry.parentPath, entry.name));
}

function figuresOf({
  turns,
  spoor,
  entries,
  content,
  seal,
  index,
  plain,
}: Sizes): readonly Figure[] {
  const figure = (name: string, bytes: number): Figure => ({
    name: `${turns.toLocaleString("en")} turns, ${name}`,
    value: bytes / (turns * eventsInTurn),
    unit: "B/event",
  });
  return [
    figure("Spoor", spoor.plain),
    figure("of it entries", entries),
    figure("of it content", content),
    figure("of it the seal", seal),
    figure("of it the index", index),
    figure("Spoor, gzip", spoor.gzip),
    figure("Spoor, zstd", spoor.zstd),
    figure("NDJSON", plain.plain),
    figure("NDJSON, gzip", plain.gzip),
    figure("NDJSON, zstd", plain.zstd),
  ];
}

function growth(
  name: string,
  sizes: readonly Sizes[],
  pick: (sizes: Sizes) => number,
  most?: number,
): Figure {
  const middle = sizes.at(-2);
  const long = sizes.at(-1);
  const perTurn = (of: Sizes | undefined): number => (of ? pick(of) / of.turns : NaN);
  return {
    name: `${name}, a turn of ${long?.turns.toLocaleString("en")} ÷ of ${middle?.turns}`,
    value: perTurn(long) / perTurn(middle),
    unit: "×",
    ...(most === undefined ? {} : { target: { atMost: most } }),
  };
}
