import { describe, expect, test } from "vitest";
import { redactor } from "../redaction/default-redactor.ts";
import {
  harmlessTexts,
  pem,
  planted,
  plantedTexts,
  vendorSecrets,
} from "../redaction/planted.fixture.ts";
import * as say from "../testing-kit/drafts.ts";
import { everywhere, nested } from "../testing-kit/everywhere.ts";
import { journalWith, steadyJournal } from "../testing-kit/journals.ts";
import { record, type Recording } from "../testing-kit/recording.ts";
import type { EventDraft } from "../vocabulary/event.ts";
import type { JsonValue } from "../vocabulary/json.ts";
import type { RecorderOptions } from "./recorder.ts";

interface Written extends Recording {
  /** Every byte that the journal was given: entries and content. */
  readonly bytes: string;
}

function written(drafts: readonly EventDraft[], options: Partial<RecorderOptions> = {}): Written {
  const inner = steadyJournal({ maxBytes: 1e9 });
  const given: string[] = [];
  const journal = journalWith(inner, {
    append(entry, tail) {
      given.push(entry);
      return inner.append(entry, tail);
    },
    store(subject, ref, json, cutFrom) {
      given.push(json);
      return inner.store(subject, ref, json, cutFrom);
    },
  });
  const recording = record(drafts, { redact: redactor(), journal, ...options });
  return { ...recording, bytes: given.join("\n") };
}

describe("a planted secret is in no byte of the journal", () => {
  const planting: Readonly<Record<string, readonly [text: string, secret: string]>> = {
    ...Object.fromEntries(
      Object.entries(vendorSecrets).map(([name, secret]) => [
        name,
        [`use ${secret} now`, secret.slice(12)],
      ]),
    ),
    ...Object.fromEntries(plantedTexts.map((text) => [text, [text, planted]])),
    "a private key": [pem, pem.slice(100, 160)],
    "an address": ["from ada.lovelace@example.org today", "lovelace"],
    "a card": ["paid with 4111 1111 1111 1111", "1111 1111"],
  };
  test.each(Object.keys(planting))("%s", (name) => {
    const [text = "", secret = ""] = planting[name] ?? [];
    const drafts = everywhere(text);
    const { bytes, recorder } = written(drafts);
    expect(recorder.health()).toMatchObject({ recorded: drafts.length, refused: 0 });
    expect(bytes).not.toContain(secret);
    expect(bytes).toContain("[redacted:");
    expect(
      written(drafts, { redact: { profile: "none", redact: (value) => value } }).bytes,
    ).toContain(secret.slice(-5));
  });

  test("by the name of an argument, whatever stands there", () => {
    const given = {
      password: planted,
      apiKey: { value: [planted] },
      cvv: 123,
      headers: [{ Authorization: planted }],
      env: new Map([["DB_PASSWORD", planted]]),
    };
    const { bytes } = written([
      say.tool("t", "turn", { input: nested(given as unknown as JsonValue, 200) }),
    ]);
    expect(bytes).not.toContain(planted);
    expect(bytes).not.toContain("123");
  });

  test("where a cut goes through it, at every place", () => {
    const secret = vendorSecrets["anthropic-key"] ?? "";
    const filler = "lorem ipsum dolor ";
    const length = 60_000;
    const kept = 20_000;
    // Where what is kept ends, and where what is looked at ends.
    const cuts = [8_750, 8_750 + 4_096].flatMap((side) => [side, length - side]);
    for (const cut of cuts)
      for (let shift = -10; shift < secret.length + 10; shift += 3) {
        const at = cut - shift;
        const text = `${filler.repeat(4_000).slice(0, at - 1)} ${secret} ${filler.repeat(4_000)}`;
        const draft = say.turn("t", { input: { text: text.slice(0, length) } });
        const { bytes, recorder } = written([draft], { maxContentBytes: kept });
        expect(bytes).not.toContain(secret.slice(0, 14));
        expect(bytes).not.toContain(secret.slice(-14));
        expect(recorder.health().redaction.cut).toBe(1);
      }
  });

  test("where a name is cut through it", () => {
    const secret = vendorSecrets["openai"] ?? "";
    for (let shift = 0; shift < secret.length; shift += 1) {
      const { bytes } = written([
        say.turn("t", { name: `${"x ".repeat(100).slice(shift)}${secret} and on` }),
      ]);
      expect(bytes).not.toContain(secret.slice(0, 8));
    }
  });
});

describe("what is no secret is kept", () => {
  test.each(harmlessTexts)("%s", (text) => {
    const { bytes, recorder } = written(everywhere(text));
    expect(bytes).not.toContain("[redacted:");
    expect(recorder.health().redaction).toMatchObject({ replaced: {}, withheld: 0 });
  });

  test("ids stay as they are given", () => {
    const id = "ada@example.org";
    const { events } = written([
      say.turn(id, { session: id }),
      say.tool("t", id, { session: id, toolCallId: id, causedBy: id }),
    ]);
    expect(events).toMatchObject([
      { session: id, key: id },
      { session: id, parent: id, toolCallId: id, causedBy: id },
    ]);
  });
});

describe("the report", () => {
  test("says what was replaced, withheld and cut, and by which rules", () => {
    const { recorder, events } = written(
      [
        say.sessionStarted({ userId: "mail ada@example.org" }),
        say.turn("a", {
          name: "ada@example.org",
          input: { password: "x", text: "bob@example.org" },
        }),
        say.turn("b", { name: "ada@example.org", input: "z".repeat(5_000) }),
        say.tool("t", "a", { input: "never" }),
      ],
      { redact: redactor({ withhold: ["tool.input"] }), maxContentBytes: 2_000 },
    );
    const { redaction } = recorder.health();
    expect(redaction).toEqual({
      profile: redactor({ withhold: ["tool.input"] }).profile,
      replaced: { email: 3, password: 1 },
      withheld: 1,
      cut: 1,
    });
    expect(events[3]).toMatchObject({ input: { withheld: "policy" } });
  });

  test("the profile in force stands on the beginning of a session, and on nothing else", () => {
    const { events } = written([say.sessionStarted(), say.turn("a")]);
    expect(events.map((event) => event.redaction)).toEqual(["spoor-default/1", undefined]);
    expect(record([say.sessionStarted()]).events[0]).not.toHaveProperty("redaction");
  });

  test("a name is redacted once, however often it is said", () => {
    let asked = 0;
    const redact = { profile: "counting", redact: (value: JsonValue) => ((asked += 1), value) };
    written(
      Array.from({ length: 50 }, (_, index) => say.turn(`turn ${index}`)),
      { redact },
    );
    expect(asked).toBe(1);
  });

  test("a name that the redactor throws at is withheld, and its event recorded", () => {
    const redact = {
      profile: "broken",
      redact: (): JsonValue => {
        throw new Error("no");
      },
    };
    const { events } = written([say.turn("a", { name: planted })], { redact });
    expect(events).toMatchObject([{ name: "[withheld: redactor failed]" }]);
  });
});
