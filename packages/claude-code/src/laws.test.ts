import { describe, expect, test } from "vitest";
import { draftsBy, linesOf, scenarios } from "./fixtures.ts";
import { claudeCode } from "./stream/adapter.ts";
import { claudeTranscript } from "./transcript/adapter.ts";

const adapters = { stream: claudeCode, transcript: claudeTranscript };

/** A fork's file tells again what the file of the session that it has left tells. */
const copying = ["n-resume"];

/** Each is another: whoever reads a stream says once that the iterator threw. */
const isOfTheReader = (line: string): boolean => line.startsWith('{"#thrown"');

test("the recordings are all here", () => {
  expect(scenarios).toHaveLength(38);
});

describe.each(["stream", "transcript"] as const)("what a %s tells", (source) => {
  const adapter = adapters[source];

  describe.each(scenarios)("of %s", (scenario) => {
    const lines = linesOf(scenario, source);
    const whole = draftsBy(adapter, lines);

    test("is begun by each of its prefixes, byte for byte", () => {
      for (let cut = 0; cut <= lines.length; cut += 1) {
        const part = draftsBy(adapter, lines.slice(0, cut));
        expect(JSON.stringify(part)).toBe(JSON.stringify(whole.slice(0, part.length)));
      }
    });

    test("is known, even if nobody reads what a line has given", () => {
      const translator = adapter.createTranslator();
      const natives = lines.flatMap((line) => adapter.parse(line) ?? []);
      for (const native of natives.slice(0, -1)) translator.translate(native);
      const last = natives.slice(-1).flatMap((native) => [...translator.translate(native)]);
      expect(last).toEqual(whole.slice(whole.length - last.length));
    });

    test("leaves each line as it was", () => {
      const translator = adapter.createTranslator();
      for (const line of lines) {
        const native = adapter.parse(line);
        const before = JSON.stringify(native);
        if (native !== null) translator.translate(native);
        expect(JSON.stringify(native)).toBe(before);
      }
    });

    test("is told once, however often its lines come", () => {
      const twice = lines.flatMap((line) => (isOfTheReader(line) ? line : [line, line]));
      expect(JSON.stringify(draftsBy(adapter, twice))).toBe(JSON.stringify(whole));
      const again = draftsBy(adapter, [...lines, ...lines.filter((line) => !isOfTheReader(line))]);
      expect(again.slice(whole.length)).toEqual([]);
    });

    test.skipIf(source === "transcript" && copying.includes(scenario))(
      "is told of each key once",
      () => {
        const said = whole.map((draft) =>
          JSON.stringify([
            draft.session,
            draft.type,
            "key" in draft ? draft.key : draft.on,
            "mark" in draft ? draft.mark : null,
          ]),
        );
        expect(said.filter((saying, index) => said.indexOf(saying) !== index)).toEqual([]);
      },
    );

    test("has a beginning for every end, and every parent is something that was told of", () => {
      const started = new Set<string>();
      for (const draft of whole) {
        if ("outcome" in draft) expect(started).toContain(draft.key);
        if (!("key" in draft) || "outcome" in draft) continue;
        started.add(draft.key);
        if (typeof draft.parent === "string") expect(started).toContain(draft.parent);
      }
    });

    test("is made of kinds of lines that are known", () => {
      const natives = lines.flatMap((line) => adapter.parse(line) ?? []);
      expect(natives).toHaveLength(lines.length);
      expect(natives.filter((native) => !adapter.knows(native))).toEqual([]);
    });
  });
});
