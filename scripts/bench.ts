import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { machineLines, thisMachine } from "../bench/machine.ts";
import { keepResults } from "../bench/results.ts";
import { type Round, runRounds } from "../bench/rounds.ts";
import { notesOf, tableOf } from "../bench/table.ts";

/**
 * `npm run bench`: every case, or those whose file name contains one of the words given. `--rounds N` (default 5), `--built` measures `dist`,
 * `--large` measures also the sizes that take minutes and gigabytes, `--profiles DIR` leaves CPU profiles. `--write` puts the tables into
 * docs/benchmarks.md: with words that each name a section there, into these sections; without a word, all cases that have no section of their own into
 * the first. Then all that was measured is kept in bench/results as well.
 */
const { values: options, positionals: words } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "5" },
    built: { type: "boolean", default: false },
    large: { type: "boolean", default: false },
    profiles: { type: "string" },
    write: { type: "boolean", default: false },
  },
});

const page = new URL("../docs/benchmarks.md", import.meta.url);
const folder = new URL("../bench/cases/", import.meta.url);
const sections = Array.from(
  readFileSync(page, "utf8").matchAll(/<!-- measured ([a-z-]+) -->/g),
  ([, name = ""]) => name,
);
const cases = readdirSync(folder).filter(isAskedFor).toSorted();
const rounds = Number(options.rounds);
const machine = thisMachine();
const command = ["npm run bench --", ...process.argv.slice(2)].join(" ");
const date = new Date().toISOString();

if (cases.length === 0)
  fail(`no case is called ${words.join(" or ")}; they are the files of bench/cases`);
else if (!Number.isSafeInteger(rounds) || rounds < 1)
  fail(`expected --rounds to be a number above 0, received ${options.rounds}`);
else if (options.write && !words.every((word) => sections.includes(word)))
  fail(`--write takes no word, or sections of the page: ${sections.join(", ")}`);
else print(measure());

function isAskedFor(name: string): boolean {
  if (words.length > 0) return words.some((word) => name.includes(word));
  return !options.write || !sections.some((known) => name.includes(known));
}

function measure(): readonly (readonly Round[])[] {
  return runRounds(
    cases.map((name) => new URL(name, folder)),
    {
      rounds,
      built: options.built,
      extent: options.large ? "large" : "usual",
      profiles: options.profiles ?? null,
      onRound: (round) => console.error(`round ${round} of ${rounds}`),
    },
  );
}

function print(measured: readonly (readonly Round[])[]): void {
  console.log(`${machineLines(machine)}\n`);
  console.log(tableOf(measured));
  if (!options.write) return;
  keepResults(words.join("-") || "all", { date, command, machine, measured });
  if (words.length === 0) writeSection("<!-- measured -->\n", measured);
  for (const word of words)
    writeSection(
      `<!-- measured ${word} -->\n`,
      measured.filter((_, index) => cases[index]?.includes(word)),
    );
}

function writeSection(begin: string, measured: readonly (readonly Round[])[]): void {
  const text = readFileSync(page, "utf8");
  const from = text.indexOf(begin) + begin.length;
  const before = text.slice(0, from);
  const after = text.slice(text.indexOf("<!-- /measured -->", from));
  const section = [provenance(), tableOf(measured), notesOf(measured)].join("\n\n");
  writeFileSync(page, `${before}\n${section}\n\n${after}`);
}

function provenance(): string {
  const { processors, node } = machine;
  return `Made by \`${command}\` on ${date.slice(0, 10)}, ${processors}, Node ${node}, ${options.built ? "built" : "from source"}, median of ${rounds} rounds.`;
}

function fail(problem: string): void {
  console.error(problem);
  process.exitCode = 2;
}
