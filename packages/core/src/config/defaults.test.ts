import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { defaults } from "./defaults.ts";

const { journal, route, exporters: _, ...others } = defaults;
const named: readonly (readonly [name: string, value: unknown])[] = [
  ...Object.entries(journal).map(([name, value]) => [`journal.${name}`, value] as const),
  ...Object.entries(route).map(([name, value]) => [`route.${name}`, value] as const),
  ...Object.entries(others),
];

const units: Readonly<Record<string, number>> = {
  s: 1_000,
  h: 3_600_000,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
};

/** What the words of a page or a comment amount to. */
function meaning(words: string): unknown {
  const [, amount, unit = ""] = /^([\d.]+)(?: (\w+))?$/.exec(words) ?? [];
  if (amount !== undefined) return Number(amount) * (units[unit] ?? 1);
  if (words === "true" || words === "false") return words === "true";
  return words.replaceAll("`", "");
}

const page = readFileSync(new URL("../../../../docs/spec/config.md", import.meta.url), "utf8");

test.each(named)("the page says the default of %s", (name, value) => {
  const row = page.split("\n").find((line) => line.startsWith(`| \`${name}\` |`));
  const words = row?.split("|").at(-2)?.trim();
  expect(meaning(words ?? "missing")).toBe(value);
});

const comments = [
  readFileSync(new URL("config.ts", import.meta.url), "utf8"),
  readFileSync(new URL("../pipeline/route.ts", import.meta.url), "utf8"),
].join("\n");

/** The folder is told by `journalFolder`; that errors are not kept goes without saying. */
const told = named.filter(([name]) => name !== "journal.dir" && name !== "route.keepErrors");

test.each(told)("the doc comment says the default of %s", (name, value) => {
  const field = name.split(".").at(-1);
  const [, words] =
    new RegExp(`Default: ([^*]*?)\\.? \\*/\\n\\s*readonly ${field}\\?`, "u").exec(comments) ?? [];
  expect(meaning(words ?? "missing")).toBe(value);
});
