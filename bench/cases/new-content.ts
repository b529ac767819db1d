import { hash } from "node:crypto";
import { join } from "node:path";
import { type EventDraft, type Observer, type Redactor } from "@spoor/core";
import type { Benchmark } from "../benchmark.ts";
import { forEach, sideBySide } from "../clock.ts";
import { closeComplete } from "../complete.ts";
import { longRunningObserver } from "../long-running.ts";
import { text } from "../tool-loop.ts";

const blocks = 30;
const eventsInBlock = 200;

export const benchmark: Benchmark = {
  name: "4 kB of new content, disk",
  note: "What an emit costs more when it carries 4 kB nobody has seen, redaction included.",
  async run({ scratch }) {
    const open = (name: string, redact?: Redactor): Observer =>
      longRunningObserver({ journal: { dir: join(scratch, name) }, ...(redact && { redact }) });
    const observers = {
      none: open("none"),
      small: open("small"),
      content: open("content"),
      seam: open("seam", { profile: "identity", redact: (value) => value }),
    };
    const drafts = { none: endings(null), small: endings(200), content: endings(4_096) };
    const values = endings(4_096).map((block) => block.map(({ output }) => output));
    const texts = values.map((block) => block.map((value) => JSON.stringify(value)));
    const { none, small, content, seam, json, sha256 } = sideBySide(blocks, {
      none: forEach(drafts.none, (draft) => observers.none.emit(draft)),
      small: forEach(drafts.small, (draft) => observers.small.emit(draft)),
      content: forEach(drafts.content, (draft) => observers.content.emit(draft)),
      seam: forEach(drafts.content, (draft) => observers.seam.emit(draft)),
      json: forEach(values, (value) => JSON.stringify(value)),
      sha256: forEach(texts, (text) => hash("sha256", text, "buffer")),
    });
    for (const observer of Object.values(observers)) await closeComplete(observer);
    return [
      { name: "added by 4 kB", value: content - none, unit: "µs", target: { atMost: 40 } },
      { name: "of it JSON.stringify", value: json, unit: "µs" },
      { name: "of it SHA-256", value: sha256, unit: "µs" },
      { name: "added by 200 B", value: small - none, unit: "µs" },
      { name: "added by a redactor that changes nothing", value: seam - content, unit: "µs" },
    ];
  },
};

type ToolEnding = Extract<EventDraft, { readonly type: "tool.ended" }>;

function endings(length: number | null): readonly (readonly ToolEnding[])[] {
  return Array.from({ length: blocks }, (_, block) =>
    Array.from({ length: eventsInBlock }, (_, index): ToolEnding => {
      const number = block * eventsInBlock + index;
      return {
        type: "tool.ended",
        session: `content-${length}`,
        source: "callback",
        key: `toolu-01AbCdEfGhIjKlMn${number}`,
        outcome: { status: "ok" },
        ...(length === null ? {} : { output: { stdout: text(number, length) } }),
      };
    }),
  );
}
