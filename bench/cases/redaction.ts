import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type EventDraft,
  type JsonObject,
  type JsonValue,
  type Observer,
  type Redactor,
  redactor,
} from "@spoor/core";
import type { Benchmark, Figure } from "../benchmark.ts";
import { forEach, sideBySide } from "../clock.ts";
import { closeComplete } from "../complete.ts";
import { longRunningObserver } from "../long-running.ts";
import { text } from "../tool-loop.ts";

const blocks = 24;
const valuesInBlock = 100;
const valueBytes = 4_096;

export const benchmark: Benchmark = {
  name: "redaction of 4 kB of new content",
  note: "The default redactor by itself over 4 kB of each kind, and what an emit to disk costs more that carries it, with redaction and without. Dense secrets: an address, a key or a password in every line.",
  async run({ scratch }) {
    const open = (name: string, redact: Redactor | "off"): Observer =>
      longRunningObserver({ journal: { dir: join(scratch, name), maxBytes: null }, redact });
    const on = open("on", redactor());
    const off = open("off", "off");
    const alone = redactor();
    const figures: Figure[] = [];
    for (const [kind, make] of Object.entries(kinds)) {
      const values = Array.from({ length: blocks }, (_, block) =>
        Array.from({ length: valuesInBlock }, (_item, index) =>
          make(block * valuesInBlock + index),
        ),
      );
      const empty = drafts(`no ${kind}`, () => undefined);
      const said = drafts(kind, (block, index) => values[block]?.[index]);
      const cost = sideBySide(blocks, {
        redact: forEach(values, (value) => alone.redact(value, "tool.output")),
        none: forEach(empty, (draft) => on.emit(draft)),
        on: forEach(said, (draft) => on.emit(draft)),
        off: forEach(said, (draft) => off.emit(draft)),
      });
      const kilobytes = kilobytesOf(values.flat());
      const added = { name: `added by 4 kB of ${kind}`, value: cost.on - cost.none, unit: "µs" };
      figures.push(
        { name: `redact, ${kind}`, value: cost.redact / kilobytes, unit: "µs/kB" },
        kind === "prose" ? { ...added, target: { atMost: 40 } } : added,
        { name: "of it redaction", value: cost.on - cost.off, unit: "µs" },
      );
    }
    await closeComplete(on);
    await closeComplete(off);
    return figures;
  },
};

const source = readFileSync(
  new URL("../../packages/core/src/recorder/standing.ts", import.meta.url),
  "utf8",
);

/** Told apart by their number, so that each is new. */
const kinds: Readonly<Record<string, (number: number) => JsonValue>> = {
  prose: (number) => ({ stdout: text(number, valueBytes) }),
  code: (number) => ({ content: `// ${number}\n${source}`.slice(0, valueBytes) }),
  JSON: (number) => ({ rows: Array.from({ length: 34 }, (_, row) => rowOf(number, row)) }),
  "dense secrets": (number) => ({
    lines: Array.from({ length: 40 }, (_, line) => secretLine(number, line)),
  }),
};

const rowOf = (number: number, row: number): JsonObject => ({
  id: `row-${number}-${row}`,
  title: "A field guide to tracks",
  price: row * 1.25,
  tags: ["new", "sale"],
  updated: "2026-11-21T10:00:00Z",
});

function secretLine(number: number, line: number): JsonValue {
  const digits = `${number}${line}`.padStart(8, "0");
  const lines = [
    `mail from ada.${digits}@example.org about the order, and her answer to it`,
    `export SERVICE_API_KEY=Zk3v${digits}q9Lw2Rk8Tn4Vb7Ym5Hc1Jd6Gf0SpA`,
    `{"user":"ada","password":"correct horse ${digits}","attempt":2,"ok":true}`,
    { password: `correct horse ${digits}`, url: `https://ada:pw${digits}@example.org/` },
  ];
  return lines[line % lines.length] ?? "";
}

type ToolEnding = Extract<EventDraft, { readonly type: "tool.ended" }>;

function drafts(
  kind: string,
  output: (block: number, index: number) => JsonValue | undefined,
): readonly (readonly ToolEnding[])[] {
  return Array.from({ length: blocks }, (_, block) =>
    Array.from({ length: valuesInBlock }, (_item, index): ToolEnding => {
      const value = output(block, index);
      return {
        type: "tool.ended",
        session: `redaction of ${kind}`,
        source: "callback",
        key: `toolu-01AbCdEfGhIjKlMn${block * valuesInBlock + index}`,
        outcome: { status: "ok" },
        ...(value === undefined ? {} : { output: value }),
      };
    }),
  );
}

function kilobytesOf(values: readonly JsonValue[]): number {
  const bytes = values.reduce<number>((sum, value) => sum + JSON.stringify(value).length, 0);
  return bytes / values.length / 1_024;
}
