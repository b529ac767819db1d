import { redactor } from "@spoor/core";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { carrierKey } from "../carrier.ts";
import { channelsOf, digestOfChannels, metadataDigest, stateDocument } from "./state-document.ts";
import { writesDocument } from "./writes-document.ts";

const secretNames = [
  "password",
  "token",
  "api_key",
  "--secret",
  "authorization",
  "cookie",
  "ssn",
  "card_number",
  "thinking",
  "messages",
];
const version: fc.Arbitrary<number | string> = fc.oneof(
  fc.nat(10_000),
  fc
    .tuple(fc.nat(99), fc.integer({ min: 0, max: 9_999_999_999 }))
    .map(([step, random]) => `${String(step).padStart(32, "0")}.0${random}`),
  fc.uuid(),
);
const values = fc.dictionary(fc.constantFrom(...secretNames), fc.jsonValue({ maxDepth: 1 }), {
  minKeys: 1,
});

test("a redactor leaves documents alone, whatever the channels are called and whatever comes out", () => {
  const rules = redactor();
  fc.assert(
    fc.property(
      values,
      fc.array(version, { minLength: 10, maxLength: 10 }),
      (channelValues, versions) => {
        const channelVersions = Object.fromEntries(
          Object.keys(channelValues).map((name, index) => [name, versions[index] ?? 1]),
        );
        const checkpoint = {
          id: "1",
          channel_values: channelValues,
          channel_versions: channelVersions,
        };
        const before = channelsOf({ channel_versions: { token: 1, password: 1, gone: 1 } }, {});
        const full = stateDocument(checkpoint, {}, channelsOf(checkpoint, channelVersions));
        const difference = stateDocument(checkpoint, {}, channelsOf(checkpoint, channelVersions), {
          checkpoint: "0",
          channels: before,
        });
        const writes = writesDocument(
          Object.entries(channelValues).map(([channel, value]) => ({ channel, value })),
        );
        for (const document of [full, difference])
          expect(rules.redact(document as never, "checkpoint.state")).toEqual(document);
        expect(rules.redact(writes as never, "checkpoint.writes")).toEqual(writes);
      },
    ),
    { numRuns: 300 },
  );
});

const state = (
  channel_values: Record<string, unknown>,
  channel_versions: Record<string, number>,
) => ({ channel_values, channel_versions });

test("only channels that have a version count, and what is undefined is as if it were not there", () => {
  const stored = channelsOf(state({ a: 1 }, { a: 1, b: 2 }), {});
  expect(channelsOf(state({ a: 1, b: undefined, never: "stored" }, { b: 2, a: 1 }), {})).toEqual(
    stored,
  );
  expect([...stored.values()]).toMatchObject([
    { channel: "a", version: 1 },
    { channel: "b", version: 2 },
  ]);
  expect(stored.get("b")).not.toHaveProperty("hash");
});

test("of a parent's channels only those that another version came of are read", () => {
  const parent = channelsOf(state({ a: "kept", b: "old" }, { a: 1, b: 1 }), {});
  const read: string[] = [];
  const next = channelsOf(
    state({ a: "kept", b: "new" }, { a: 1, b: 2 }),
    { b: 2 },
    parent,
    (_, channel) => {
      read.push(channel);
      return "digest";
    },
  );
  expect(read).toEqual(["b"]);
  expect(stateDocument({}, {}, next, { checkpoint: "1", channels: parent })).toMatchObject({
    from: "1",
    channels: [{ channel: "b", version: 2, hash: "digest", written: true }],
    gone: [],
  });
});

test("any value, version, name, and any that is missing or too many, is another state", () => {
  const states = [
    state({ a: 1, b: 2 }, { a: 1, b: 1 }),
    state({ a: 2, b: 2 }, { a: 1, b: 1 }),
    state({ a: 1, b: 2 }, { a: 2, b: 1 }),
    state({ a: 2, b: 1 }, { a: 1, b: 1 }),
    state({ a: 1 }, { a: 1, b: 1 }),
    state({ a: 1 }, { a: 1 }),
    state({ a: 1, c: 2 }, { a: 1, c: 1 }),
    state({ a: 1, b: "2" }, { a: 1, b: 1 }),
  ];
  const digests = states.map((each) => digestOfChannels(channelsOf(each, {})));
  expect(new Set(digests).size).toBe(states.length);
});

test("metadata has the digest that it has without what this package puts there", () => {
  const given = { source: "loop", step: 1, parents: {} };
  expect(metadataDigest({ ...given, [carrierKey]: { traceparent: "00" } })).toBe(
    metadataDigest(given),
  );
  expect(metadataDigest({ ...given, step: 2 })).not.toBe(metadataDigest(given));
});

test("a value that cannot be read is said, and the others are digested all the same", () => {
  const throwing = {
    get now(): number {
      throw new Error("not now");
    },
  };
  const channels = channelsOf(state({ a: throwing, b: 1 }, { a: 1, b: 1 }), {});
  expect([...channels.values()]).toEqual([
    { channel: "a", version: 1, unreadable: true },
    { channel: "b", version: 1, hash: channels.get("b")?.hash },
  ]);
});
