import { createHash, createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { eventIdOf, spanIdOf, traceIdOf, traceIdOfSession } from "../vocabulary/identity.ts";
import { eventFields } from "./events.ts";
import { describeShape } from "./locate.ts";
import { parseEventLine } from "./parse.ts";
import * as parts from "./parts.ts";
import type { AnyShape, Fields } from "./shape.ts";
import { boolean, integer, number } from "./shape.ts";

/** The specification is read as a reader would read it, so that it cannot say one thing and the code another. */
const specification = readFileSync(
  new URL("../../../../docs/spec/event-format.md", import.meta.url),
  "utf8",
);

type Row = readonly string[];

/** The rows of the tables under a heading; an empty first cell stands for the one above it. */
function rowsUnder(heading: string): readonly Row[] {
  const [, after = ""] = specification.split(`# ${heading}\n`);
  const [section = ""] = after.split(/\n#+ /u);
  let first = "";
  return section
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) => {
      const [head = "", ...rest] = line.replaceAll(/^\| ?|\|$/gu, "").split("|");
      first = head.trim() || first;
      return [first, ...rest.map((cell) => cell.trim())];
    });
}

const sha256 = (bytes: string): Buffer => createHash("sha256").update(bytes, "utf8").digest();

const bare = (cell = ""): string => cell.replaceAll("`", "");

/** What rows say of fields: one line for each, as `name?: value`. */
const saidIn = (rows: readonly Row[], column: number): readonly string[] =>
  rows.flatMap((row) =>
    bare(row[column])
      .split(", ")
      .map((name) => `${name}: ${row[column + 1]}`),
  );

const fieldsTold = (heading: string): readonly string[] => saidIn(rowsUnder(heading).slice(1), 0);

/** The same lines, made of the table. */
const fieldsOf = (fields: Fields): readonly string[] =>
  Object.entries(fields).map(([name, field]) =>
    "optional" in field ? `${name}?: ${wordFor(field.optional)}` : `${name}: ${wordFor(field)}`,
  );

function wordFor(shape: AnyShape): string {
  if (shape.name !== undefined) return shape.name;
  switch (shape.kind) {
    case "number":
    case "integer":
    case "boolean":
      return shape.kind;
    case "list":
      return `list of ${wordFor(shape.items)}`;
    case "union":
      return shape.alternatives.map(wordFor).join(" or ");
    default:
      return describeShape(shape);
  }
}

function fieldsWithin(shape: AnyShape): readonly string[] {
  switch (shape.kind) {
    case "object":
      return fieldsOf(shape.fields);
    case "tagged": {
      const tag: AnyShape = { kind: "constant", values: Object.keys(shape.cases) };
      return [{ [shape.tag]: tag }, ...Object.values(shape.cases)].flatMap(fieldsOf);
    }
    case "union":
      return [...new Set(shape.alternatives.flatMap(fieldsWithin))];
    default:
      return [];
  }
}

describe("the tables", () => {
  const common = fieldsTold("Every event");
  const labels = fieldsTold("Labels");
  const grammar = {
    opening: fieldsTold("Openings"),
    closing: fieldsTold("Closings"),
    mark: fieldsTold("Marks"),
  };
  const own = Map.groupBy(rowsUnder("Each type").slice(1), ([type]) => bare(type));

  test("name every type of event", () => {
    expect([...own.keys()].toSorted()).toEqual(Object.keys(eventFields).toSorted());
  });

  test.each(Object.entries(eventFields))(
    "say which fields %s has, and of which kind",
    (type, fields) => {
      const rows = (own.get(type) ?? []).filter(([, field]) => field !== "");
      const place =
        "outcome" in fields ? grammar.closing : "mark" in fields ? grammar.mark : grammar.opening;
      const narrower = saidIn(
        rows.filter(([, field]) => field !== "labels"),
        1,
      );
      const names = narrower.map((line) => line.split(": ", 1)[0]);
      const general = place.filter((line) => !names.includes(line.split(": ", 1)[0]));
      const told = rows.length > narrower.length && rows.some(([, field]) => field === "labels");
      const all = [...common, ...general, ...narrower, ...(told ? labels : [])];
      expect(all.toSorted()).toEqual(fieldsOf(fields).toSorted());
    },
  );

  const named = Object.values(parts).filter(({ name }) => name !== undefined);
  const told = rowsUnder("3. Values");

  test("say what each kind of value is", () => {
    const composite = told.findIndex(([, head]) => head === "field");
    const simple = told.slice(1, composite).map(([name, value]) => [bare(name), value]);
    const plain = [number, integer, boolean].map((shape) => ({ ...shape, name: shape.kind }));
    const expected = [...named, ...plain].filter((shape) => fieldsWithin(shape).length === 0);
    expect(Object.fromEntries(simple)).toEqual(
      Object.fromEntries(expected.map((shape) => [shape.name, describeShape(shape)])),
    );
  });

  test.each(named.filter((shape) => fieldsWithin(shape).length > 0))(
    "say what is in $name",
    (shape) => {
      const rows = told.filter(
        ([name, , , meaning]) => meaning !== undefined && bare(name) === shape.name,
      );
      expect(saidIn(rows, 1).toSorted()).toEqual(fieldsWithin(shape).toSorted());
    },
  );
});

describe("the examples", () => {
  const identities = rowsUnder("5. Identity").slice(1);

  test("there are some", () => {
    expect(identities.length).toBeGreaterThanOrEqual(6);
  });

  test.each(identities)("%s id of %s", (kind, cell, result) => {
    const text = bare(cell);
    const list = JSON.parse(text) as (string | null)[];
    const [session = "", key, type, source = "", mark] = list as string[];
    const about = mark === null ? { key } : { on: key, mark };
    const draft = { type, session, source, ...about } as Parameters<typeof eventIdOf>[0];
    const ours =
      kind === "event"
        ? eventIdOf(draft)
        : kind === "span"
          ? spanIdOf(session, key ?? "")
          : key === undefined
            ? traceIdOfSession(session)
            : traceIdOf(session, key);
    expect(JSON.stringify(list)).toBe(text);
    expect(sha256(text).toString("hex").slice(0, ours.length)).toBe(bare(result));
    expect(ours).toBe(bare(result));
  });

  test("the event in full is one, and its ids are right", () => {
    const [, json = ""] = /```json\n(.*?)```/su.exec(specification) ?? [];
    const parsed = parseEventLine(json);
    if (!parsed.ok)
      throw new Error(`expected an event, received ${JSON.stringify(parsed.problem)}`);
    const { event } = parsed;
    if (event.type !== "tool.ended") throw new Error(`expected tool.ended, received ${event.type}`);
    const { detail: _, output: __, native: ___, ...draft } = event;
    expect(event.id).toBe(eventIdOf(draft));
    expect(event.spanId).toBe(spanIdOf(event.session, event.key));
    expect(rowsUnder("7. Content").map(([, reference]) => bare(reference))).toContain(event.output);
  });

  test("content references", () => {
    const key = Uint8Array.from({ length: 32 }, (_, index) => index);
    const examples = rowsUnder("7. Content").filter(([, reference]) =>
      /^`[0-9a-f]/u.test(reference ?? ""),
    );
    expect(examples.length).toBe(3);
    for (const [value, reference] of examples)
      expect(
        createHmac("sha256", key)
          .update(sha256(bare(value)))
          .digest("hex"),
      ).toBe(bare(reference));
  });

  test("contexts are rebuilt by the rule as it is written", () => {
    const lists: Map<string, readonly string[]> = new Map();
    const examples = rowsUnder("8. Contexts").slice(1);
    for (const [span = "", from = "", keep, cut, add = "", count, messages = ""] of examples) {
      const before = lists.get(from) ?? [];
      const rebuilt = [
        ...before.slice(0, Number(keep)),
        ...before.slice(Number(keep) + Number(cut)),
        ...add.split(" "),
      ];
      expect(rebuilt.join(" ")).toBe(messages);
      expect(rebuilt.length).toBe(Number(count));
      lists.set(span, rebuilt);
    }
    expect(lists.size).toBe(4);
  });
});
