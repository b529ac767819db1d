import {
  appendFileSync,
  cpSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { journalReader } from "../../journal/disk/journal-reader.ts";
import { parseEventLine } from "../../schema/parse.ts";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";
import type { ContentRef } from "../../vocabulary/event.ts";
import { parseVerifierKey } from "../notes/verifier-key.ts";
import * as evidence from "./evidence.fixture.ts";
import { referencesOf } from "./references.ts";
import { noTrust } from "./trust.ts";
import { verifyJournal } from "./verify-journal.ts";

/** What somebody does with files or folders that are there; each picks them by a number. */
type Hand = (paths: Picked) => void;

interface Picked {
  readonly one: string;
  readonly other: string;
  /** A name that other things there have, or could have. */
  readonly name: string;
  readonly place: number;
}

const isFile = (path: string): boolean => statSync(path).isFile();
const isFolder = (path: string): boolean => statSync(path).isDirectory();
const names = ["0000", "0001", "0002", "0003", "zzz", "draft.1", "x.ndjson", "000", "000.p", "27"];

const hands: Readonly<Record<string, Hand>> = {
  remove: ({ one }) => rmSync(one, { recursive: true }),
  truncate: ({ one, place }) => isFile(one) && truncateSync(one, place % 400),
  append: ({ one, other }) =>
    isFile(one) && appendFileSync(one, isFile(other) ? readFileSync(other) : "\n"),
  overwrite: ({ one, other }) =>
    isFile(one) && isFile(other) && writeFileSync(one, readFileSync(other)),
  rename: ({ one, name }) => moveTo(one, join(dirname(one), name)),
  moveTo: ({ one, other }) => moveTo(one, other),
  copyBeside: ({ one, name }) => copyTo(one, join(dirname(one), name)),
  copyTo: ({ one, other }) => copyTo(one, isFolder(other) ? join(other, "0001") : other),
  swap: ({ one, other }) => {
    if (isWithin(one, other) || isWithin(other, one)) return;
    renameSync(one, `${one}.kept`);
    renameSync(other, one);
    renameSync(`${one}.kept`, other);
  },
  forge: ({ one, place }) => {
    if (!isFile(one)) return;
    const text = readFileSync(one, "latin1");
    writeFileSync(one, text.replace(/question|turn|27|13|14/, String(place)), "latin1");
  },
};

const isWithin = (path: string, folder: string): boolean => `${path}/`.startsWith(`${folder}/`);

function moveTo(from: string, to: string): void {
  if (isWithin(to, from) || isWithin(from, to)) return;
  rmSync(to, { recursive: true, force: true });
  renameSync(from, to);
}

function copyTo(from: string, to: string): void {
  if (isWithin(to, from) || isWithin(from, to)) return;
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
}

/** Files and folders of a lane, but for its locks. */
function pathsIn(dir: string): readonly string[] {
  return readdirSync(join(dir, "lanes"), { recursive: true, encoding: "utf8" })
    .filter((path) => !path.includes("lock."))
    .toSorted()
    .map((path) => join(dir, "lanes", path));
}

const deed = fc.record({
  hand: fc.constantFrom(...Object.keys(hands)),
  one: fc.nat(),
  other: fc.nat(),
  name: fc.constantFrom(...names),
  place: fc.nat({ max: 400 }),
});

/** What readers make of a journal: its lines, and the values that they refer to. */
function readIn(dir: string, lines?: readonly string[]): readonly unknown[] {
  const reader = journalReader(dir);
  const read = Array.from(reader.entries(), ({ line }) => line);
  const refs = (lines ?? read).flatMap((line) => {
    const parsed = parseEventLine(line);
    return parsed.ok ? referencesOf(parsed.event).held : [];
  });
  return [...read, ...refs.map((ref) => reader.find(ref as ContentRef)?.value)];
}

test(
  "whatever is done to its files, readers read what was sealed, or it is found, and nothing makes a verifier fail",
  { timeout: 300_000 },
  async () => {
    const whole = await evidence.sealedJournal();
    const key = parseVerifierKey(evidence.textOf(whole, evidence.publicKey).trimEnd());
    const sealed = readIn(whole);
    const lines = sealed.filter((line) => typeof line === "string" && line.startsWith('{"v"'));
    fc.assert(
      fc.property(fc.array(deed, { minLength: 1, maxLength: 3 }), (deeds) => {
        const dir = evidence.copyOf(whole, join(temporaryFolder(), "copy"));
        for (const { hand, one, other, name, place } of deeds) {
          const paths = pathsIn(dir);
          const pick = (number: number): string => paths[number % paths.length] ?? dir;
          if (paths.length > 1) hands[hand]?.({ one: pick(one), other: pick(other), name, place });
        }
        const { findings } = verifyJournal(dir, { ...noTrust, keys: [key] });
        if (findings.length === 0) expect(readIn(dir, lines as readonly string[])).toEqual(sealed);
      }),
      { numRuns: process.env["SPOOR_SOAK"] ? 3_000 : 100 },
    );
  },
);
