import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isRecord } from "../packages/core/src/vocabulary/json.ts";

// What programs branch on and read stands on the pages of the specification: each code of an error, each field of what is printed as JSON.

const root = join(import.meta.dirname, "..");
const textOf = (...path: readonly string[]): string => readFileSync(join(root, ...path), "utf8");
const page = (name: string): string => textOf("docs", "spec", name);

/** Everything that a page sets as code, word by word. */
function wordsOf(name: string): ReadonlySet<string> {
  const code = page(name).match(/`[^`\n]+`|^ *(?:\{|\[|").*$/gmu) ?? [];
  return new Set(code.flatMap((text) => text.match(/\w+/gu) ?? []));
}

const missingOn = (name: string, words: Iterable<string>): readonly string[] => {
  const told = wordsOf(name);
  return [...new Set(words)].filter((word) => !told.has(word));
};

/** The names of all properties in a JSON Schema, however deep. */
function fieldsIn(schema: unknown): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap(fieldsIn);
  if (!isRecord(schema)) return [];
  const { properties } = schema;
  return [
    ...(isRecord(properties) ? Object.keys(properties) : []),
    ...Object.values(schema).flatMap(fieldsIn),
  ];
}

/** A page for each schema; what a page takes from another stands there. */
const pageOf: Readonly<Record<string, string>> = {
  checkpoints: "checkpoints.md",
  cost: "cost.md",
  erase: "erase-json.md",
  event: "event-format.md",
  find: "search.md",
  import: "import.md",
  path: "path-json.md",
  retain: "retention.md",
  show: "show-json.md",
  verify: "verify-json.md",
  why: "why-json.md",
};
const costOfShow = ["usd", "reportedUsd", "unpriced", "unpricedRests"];
const usageOfShow = ["input", "cacheRead", "cacheWrite", "output", "reasoning"];
const elsewhere: Readonly<Record<string, readonly string[]>> = {
  import: usageOfShow,
  path: costOfShow,
};

const schemas = readdirSync(join(root, "docs", "spec"))
  .filter((name) => name.endsWith(".schema.json"))
  .map((name) => name.replace(".schema.json", ""));

test.each(schemas)("each field of %s.schema.json is told on its page", (name) => {
  const fields = fieldsIn(JSON.parse(page(`${name}.schema.json`)));
  const here = fields.filter((field) => !elsewhere[name]?.includes(field));
  expect(missingOn(pageOf[name] ?? "none.md", here)).toEqual([]);
});

test("what a page leaves to another is told there", () => {
  expect(missingOn("show-json.md", Object.values(elsewhere).flat())).toEqual([]);
});

const core = (path: string): string => textOf("packages", "core", "src", path);
const codesIn = (text: string): readonly string[] =>
  Array.from(text.matchAll(/"([A-Z]+(?:_[A-Z]+)*)"/gu), ([, code = ""]) => code);

test("each code of an AuditError is told", () => {
  const [, type = ""] = core("audit/audit-error.ts").split("type AuditErrorCode");
  const [codes = ""] = type.split(";");
  expect(codesIn(codes).length).toBeGreaterThan(20);
  expect(missingOn("audit-log.md", codesIn(codes))).toEqual([]);
});

test("each code of a ConfigError and of a JournalError is told", () => {
  const [, type = ""] = core("config/config-error.ts").split("type ConfigErrorCode");
  const [ofConfig = ""] = type.split(";");
  const sources = readdirSync(join(root, "packages", "core", "src"), {
    recursive: true,
    encoding: "utf8",
  }).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
  const ofJournal = sources.flatMap((name) =>
    Array.from(core(name).matchAll(/new JournalError\(\s*("[A-Z_]+")/gu), ([, code = ""]) => code),
  );
  expect(ofJournal.length).toBeGreaterThan(4);
  expect(missingOn("config.md", codesIn([ofConfig, ...ofJournal].join()))).toEqual([]);
});
