import { hash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { ContentReader } from "../../journal/content.ts";
import type { Span } from "../../run-tree/span.ts";
import type { ContextDifference, EventId, Held } from "../../vocabulary/event.ts";
import { tracesInProtobuf } from "../wire/protobuf/traces.ts";
import { encode } from "./encode.ts";
import type { ContextMode } from "./encoding.ts";
import { exampleContent, exampleSpan, held } from "./example-span.ts";

const turns = 500;
const limit = 10 * 1024 * 1024;

/** 4 kB that no compression gets much out of. */
function saying(role: string, turn: number): Held {
  const pieces = Array.from({ length: 47 }, (_, piece) =>
    hash("sha512", `${role} ${turn} ${piece}`, "base64"),
  );
  return held({ role, content: pieces.join("").slice(0, 4_096) });
}

const asked = Array.from({ length: turns }, (_, turn) => saying("user", turn));
const answered = Array.from({ length: turns }, (_, turn) => saying("assistant", turn));
const conversation = asked.flatMap((question, turn) => [question, answered[turn] ?? question]);

/** Each turn sends the whole conversation again. */
const calls = asked.map((question, turn): Span => {
  const add = turn === 0 ? [question] : [answered[turn - 1] ?? question, question];
  const count = 2 * turn + 1;
  const from = turn === 0 ? null : (`e${turn - 1}` as EventId);
  const context = { from, keep: count - add.length, cut: 0, count, add };
  return exampleSpan({ kind: "model", requestModel: "m", context, output: answered[turn] ?? null });
});
const around = asked.map((input, turn) =>
  exampleSpan({ kind: "turn", agent: "cook", input, output: answered[turn] ?? null }),
);

const content: ContentReader = {
  ...exampleContent,
  messages: ({ count }: ContextDifference) => conversation.slice(0, count),
};

const encoded = (span: Span, contextMode: ContextMode): Uint8Array =>
  tracesInProtobuf(encode([span], { resource: { "service.name": "shop" }, content, contextMode }));

/** As it goes out, each span in a request of its own: nothing is gained from its like in the same one. */
const bytesOnTheWire = (contextMode: ContextMode): number =>
  [...calls, ...around].reduce(
    (sum, span) => sum + gzipSync(encoded(span, contextMode), { level: 1 }).byteLength,
    0,
  );

test("a session of 500 turns with messages of 4 kB has at most 10 MB, if contexts are not sent again", () => {
  expect(bytesOnTheWire("auto")).toBeLessThan(limit);
});

test("sent in full it would have a hundred times as many", () => {
  const [last] = calls.slice(-1);
  const longest = last ? encoded(last, "full").byteLength : 0;
  expect((longest * turns) / 2).toBeGreaterThan(90 * limit);
});
