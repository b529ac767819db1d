import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseEvent } from "../../schema/parse.ts";
import { record } from "../../testing-kit/recording.ts";
import type { EventDraft } from "../../vocabulary/event.ts";
import { langfuseTraces } from "./adapter.ts";
import { langfuseRecords } from "./document/records.ts";

const fields =
  "traceId parentObservationId observationId type name startTime endTime timestamp completionStartTime input output level statusMessage model modelParameters usageDetails usage costDetails providedUsageDetails promptName promptVersion sessionId userId tags environment release version value stringValue dataType comment".split(
    " ",
  );
const facts =
  "kind key status errorType errorPassedOn agent causedBy attempt startedAt endedAt inferred.0 unknown.0 usage usageFinal meters.0 totals.0 context turn continuation trigger links.0 unsampled tags.0 type mark source order at wait evidence.0 severity native rest".split(
    " ",
  );
const telling = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(
    "a",
    "b",
    "2026-01-01T10:00:00.000Z",
    "turn",
    "model",
    "ok",
    "error",
    "GENERATION",
  ),
  fc.constantFrom(
    "interrupt.raised",
    "finding.raised",
    "resume 0 0",
    '{"count":3}',
    '{"final":true}',
  ),
);

const some = (names: readonly string[], prefix: string): fc.Arbitrary<object> =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...names), telling), { selector: ([name]) => name })
    .map((entries) => Object.fromEntries(entries.map(([name, value]) => [prefix + name, value])));

/** A row in which anything may stand anywhere. */
const anyRow: fc.Arbitrary<object> = fc
  .tuple(fc.constantFrom("a", "b", "c"), some(fields, ""), some(facts, "spoor."))
  .map(([id, row, metadata]) => ({ ...row, id, metadata }));

const markTypes =
  "message.sent message.unhandled handoff.made interrupt.raised interrupt.resolved attempt.failed decision.made checkpoint.saved limit.reached finding.raised log.written native.noted".split(
    " ",
  );

/** A mark as far as that it is one, on the first of all rows. */
const anyMark: fc.Arbitrary<object> = fc
  .tuple(anyRow, fc.constantFrom(...markTypes), some(facts, "spoor."))
  .map(([row, type, told]) => ({
    ...row,
    parentObservationId: "first",
    metadata: { ...told, "spoor.kind": null, "spoor.type": type, "spoor.mark": "m" },
  }));

const first = JSON.stringify({
  of: "observation",
  row: { id: "first", metadata: { "spoor.kind": "turn", "spoor.key": "turn" } },
});

const anyRecord: fc.Arbitrary<string> = fc
  .record({
    of: fc.constantFrom("trace", "observation", "observation", "end", "score"),
    row: fc.oneof(anyRow, anyMark),
  })
  .map((given) => JSON.stringify(given));

const anyRecords: fc.Arbitrary<readonly string[]> = fc
  .array(anyRecord, { maxLength: 6 })
  .map((records) => [first, ...records]);

function draftsOf(lines: readonly string[]): readonly EventDraft[] {
  const translator = langfuseTraces.createTranslator();
  return lines.flatMap((line) => {
    const native = langfuseTraces.parse(line);
    return native === null ? [] : [...translator.translate(native)];
  });
}

describe("whatever stands in rows", () => {
  test("is never fatal, and makes events that the format allows", () => {
    fc.assert(
      fc.property(anyRecords, (lines) => {
        const { events, recorder } = record(draftsOf(lines), { recording: true });
        expect(recorder.health()).toMatchObject({ refused: 0, lastRefusal: null });
        for (const event of events)
          expect(parseEvent(JSON.parse(JSON.stringify(event)))).toMatchObject({ ok: true });
      }),
      { numRuns: 300 },
    );
  });

  test("what a prefix says, the whole says first", () => {
    fc.assert(
      fc.property(anyRecords, fc.nat(7), (lines, cut) => {
        const prefix = draftsOf(lines.slice(0, cut));
        expect(draftsOf(lines).slice(0, prefix.length)).toEqual(prefix);
      }),
    );
  });

  test("a document of it is put in order, each row once", () => {
    const place = fc.record({ parentObservationId: fc.nat(6).map(String), startTime: telling });
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 6 }), (places) => {
        const rows = places.map((row, index) => ({ ...row, id: String(index), type: "SPAN" }));
        const records = [...langfuseRecords(JSON.stringify(rows))].filter((line) =>
          line.includes('"of":"observation"'),
        );
        const ids = records.map((line) => langfuseTraces.parse(line)?.row["id"]);
        expect(new Set(ids)).toEqual(new Set(rows.map(({ id }) => id)));
        expect(ids).toHaveLength(rows.length);
      }),
    );
  });
});

test.each([
  "",
  "{",
  "[]",
  "null",
  '{"of":"trace"}',
  '{"of":"other","row":{"id":"a"}}',
  '{"of":"trace","row":{}}',
])("%j is no record", (line) => {
  expect(langfuseTraces.parse(line)).toBeNull();
});

test("an observation of a type that Langfuse did not have is told from those that it has", () => {
  const known = ["GENERATION", "agent", "HOLOGRAM"].map((type) =>
    langfuseTraces.knows({ of: "observation", row: { id: "a", type } }),
  );
  expect(known).toEqual([true, true, false]);
});
