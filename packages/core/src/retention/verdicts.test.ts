import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs } from "../testing-kit/runs.ts";
import type { RetentionPolicy, SegmentFacts } from "./policy.ts";
import { type Verdict, verdicts } from "./verdicts.ts";

const day = 86_400_000;
const now = 1_000 * day;

const keepsAll: RetentionPolicy = {
  warmAfterMs: null,
  coldAfterMs: null,
  hotBytes: null,
  warmBytes: null,
  atLeastMs: 0,
  hold: [],
};

function aged(segment: number, days: number, more: Partial<SegmentFacts> = {}): SegmentFacts {
  return {
    segment,
    newestAt: now - days * day,
    heardAt: now - days * day,
    contentBytes: 60,
    entriesBytes: 40,
    isHeld: false,
    isOpen: false,
    isDelivered: true,
    isSealed: true,
    vouchesFrom: null,
    ...more,
  };
}

const going = (judged: readonly Verdict[], becomes: "warm" | "cold"): readonly number[] =>
  judged.filter((verdict) => verdict.becomes === becomes).map(({ segment }) => segment);

describe("by age", () => {
  const policy = { ...keepsAll, warmAfterMs: 30 * day, coldAfterMs: 365 * day };

  test("content goes first, entries later, and what is young stays", () => {
    expect(verdicts([aged(1, 400), aged(2, 30), aged(3, 29)], policy, now)).toEqual([
      { segment: 1, becomes: "cold" },
      { segment: 2, becomes: "warm" },
    ]);
  });

  test("entries stay while a session of theirs goes on, and lose their content all the same", () => {
    const judged = verdicts([aged(1, 400, { heardAt: now - day })], policy, now);
    expect(judged).toEqual([{ segment: 1, becomes: "warm" }]);
    const without = aged(1, 400, { heardAt: now - day, contentBytes: 0 });
    expect(verdicts([without], policy, now)).toEqual([
      { segment: 1, becomes: null, stays: "active" },
    ]);
  });

  test.each([
    ["held", { isHeld: true }],
    ["open", { isOpen: true }],
    ["undelivered", { isDelivered: false }],
  ] as const)("what is %s keeps everything, and that is said", (stays, facts) => {
    expect(verdicts([aged(1, 400, facts)], policy, now)).toEqual([
      { segment: 1, becomes: null, stays },
    ]);
  });

  test("what nobody has sealed yet does not go cold", () => {
    const unsealed = aged(1, 400, { isSealed: false, contentBytes: 0 });
    expect(verdicts([unsealed], policy, now)).toEqual([
      { segment: 1, becomes: null, stays: "unsealed" },
    ]);
  });

  test("words about content that went stay as long as the entries that they are about", () => {
    const vouching = aged(2, 400, { contentBytes: 0, vouchesFrom: 1 });
    const held = aged(1, 500, { contentBytes: 0, isHeld: true });
    expect(verdicts([held, vouching], policy, now)).toEqual([
      { segment: 1, becomes: null, stays: "held" },
      { segment: 2, becomes: null, stays: "vouching" },
    ]);
    expect(going(verdicts([aged(1, 500), vouching], policy, now), "cold")).toEqual([1, 2]);
  });

  test("a segment whose age nobody knows stays", () => {
    expect(verdicts([aged(1, 400, { newestAt: null, heardAt: null })], policy, now)).toEqual([]);
  });
});

describe("by bytes", () => {
  test("the oldest lose their content until the rest fits", () => {
    const policy = { ...keepsAll, hotBytes: 250 };
    const judged = verdicts([aged(3, 1), aged(2, 2), aged(1, 3), aged(4, 0)], policy, now);
    expect(judged).toEqual([
      { segment: 1, becomes: "warm" },
      { segment: 2, becomes: "warm" },
    ]);
  });

  test("what may not go is passed over", () => {
    const policy = { ...keepsAll, hotBytes: 150 };
    const judged = verdicts([aged(1, 3, { isHeld: true }), aged(2, 2), aged(3, 1)], policy, now);
    expect(going(judged, "warm")).toEqual([2, 3]);
  });

  test("what becomes warm counts as warm, and a session that was heard of today does not go cold", () => {
    const policy = { ...keepsAll, hotBytes: 0, warmBytes: 0 };
    const judged = verdicts([aged(1, 3), aged(2, 0.5)], policy, now);
    expect(judged).toEqual([
      { segment: 1, becomes: "cold" },
      { segment: 2, becomes: "warm" },
    ]);
  });
});

test("a session that was heard of within the floor keeps its entries, also where bytes decide", () => {
  const policy = { ...keepsAll, warmBytes: 0, atLeastMs: 5 * day };
  const facts = aged(1, 10, { contentBytes: 0, heardAt: now - 3 * day });
  expect(verdicts([facts], policy, now)).toEqual([{ segment: 1, becomes: null, stays: "active" }]);
  expect(going(verdicts([facts], { ...policy, atLeastMs: 0 }, now), "cold")).toEqual([1]);
});

describe("laws", () => {
  const ms = fc.integer({ min: 0, max: 900 }).map((days) => days * day);
  const bytes = fc.nat(400);
  const facts = fc.record({
    newestAt: fc.option(ms, { freq: 10 }),
    later: ms,
    contentBytes: fc.oneof(fc.constant(0), fc.nat(100)),
    entriesBytes: fc.nat(100),
    isHeld: often(false),
    isOpen: often(false),
    isDelivered: often(true),
    isSealed: often(true),
    vouchesFrom: fc.option(fc.integer({ min: 1, max: 12 }), { freq: 2 }),
  });
  const lane = fc.array(facts, { maxLength: 12 }).map((list) =>
    list.map(({ later, newestAt, ...rest }, place): SegmentFacts => {
      const heardAt = newestAt === null ? null : newestAt + later;
      return { ...rest, newestAt, heardAt, segment: place + 1 };
    }),
  );
  const policies = fc.record({
    warmAfterMs: fc.option(ms),
    coldAfterMs: fc.option(ms),
    hotBytes: fc.option(bytes),
    warmBytes: fc.option(bytes),
    atLeastMs: fc.oneof(fc.constant(0), ms),
    hold: fc.constant([]),
  });
  const times = fc.integer({ min: 0, max: 2_000 }).map((days) => days * day);

  const check = (
    law: (segments: readonly SegmentFacts[], policy: RetentionPolicy, at: number) => void,
  ): void => fc.assert(fc.property(lane, policies, times, law), { numRuns: runs(2_000) });

  test("what is held, open, undelivered or younger than the floor keeps everything", () => {
    check((segments, policy, at) => {
      const gone = verdicts(segments, policy, at).filter(({ becomes }) => becomes !== null);
      for (const { segment } of gone) {
        const { isHeld, isOpen, isDelivered, newestAt } = factsOf(segments, segment);
        expect({ isHeld, isOpen, isDelivered }).toEqual({
          isHeld: false,
          isOpen: false,
          isDelivered: true,
        });
        expect(newestAt).toBeLessThanOrEqual(at - policy.atLeastMs);
      }
    });
  });

  test("what goes by age goes at any later time as well", () => {
    fc.assert(
      fc.property(lane, policies, times, ms, (segments, said, at, later) => {
        const policy = { ...said, hotBytes: null, warmBytes: null };
        const before = verdicts(segments, policy, at);
        const after = verdicts(segments, policy, at + later);
        const cold = going(after, "cold");
        expect(cold).toEqual(expect.arrayContaining([...going(before, "cold")]));
        expect([...cold, ...going(after, "warm")]).toEqual(
          expect.arrayContaining([...going(before, "warm")]),
        );
      }),
      { numRuns: runs(2_000) },
    );
  });

  test("the bounds are kept, unless what is beyond them may not go, and that is said of each", () => {
    check((segments, policy, at) => {
      const judged = verdicts(segments, policy, at);
      const left = after(segments, judged);
      const stays = new Set(judged.filter(({ becomes }) => becomes === null).map(numberOf));
      const hot = left.filter(({ contentBytes }) => contentBytes > 0);
      const warm = left.filter(({ contentBytes }) => contentBytes === 0);
      if (policy.hotBytes !== null && total(hot) > policy.hotBytes)
        expect(hot.filter(({ segment }) => !stays.has(segment))).toEqual([]);
      if (policy.warmBytes !== null && total(warm) > policy.warmBytes) {
        const silent = warm.filter(
          ({ segment }) => !stays.has(segment) && !going(judged, "warm").includes(segment),
        );
        expect(silent).toEqual([]);
      }
    });
  });

  test("of what may go, the oldest goes first", () => {
    check((segments, said, at) => {
      const policy = { ...said, warmAfterMs: null, coldAfterMs: null, warmBytes: null };
      const judged = verdicts(segments, policy, at);
      const last = Math.max(0, ...going(judged, "warm"));
      const passedOver = segments.filter(
        ({ segment, contentBytes }) =>
          segment < last && contentBytes > 0 && !going(judged, "warm").includes(segment),
      );
      for (const { segment } of passedOver)
        expect(judged.find((verdict) => verdict.segment === segment)?.becomes).toBe(null);
    });
  });

  test("nothing without a signature, and no word about what stays, goes cold", () => {
    check((segments, policy, at) => {
      const cold = going(verdicts(segments, policy, at), "cold");
      for (const segment of cold) {
        const { isSealed, vouchesFrom } = factsOf(segments, segment);
        expect(isSealed).toBe(true);
        const about = segments.filter(
          (other) =>
            vouchesFrom !== null && other.segment >= vouchesFrom && other.segment < segment,
        );
        expect(cold).toEqual(expect.arrayContaining(about.map(numberOf)));
      }
    });
  });

  test("applied twice, it changes nothing the second time", () => {
    check((segments, policy, at) => {
      const left = after(segments, verdicts(segments, policy, at));
      const again = verdicts(left, policy, at).filter(({ becomes }) => becomes !== null);
      expect(again).toEqual([]);
    });
  });

  test("the order in which segments are told does not matter", () => {
    check((segments, policy, at) => {
      expect(verdicts(segments.toReversed(), policy, at)).toEqual(verdicts(segments, policy, at));
    });
  });
});

const numberOf = ({ segment }: { readonly segment: number }): number => segment;

function factsOf(segments: readonly SegmentFacts[], segment: number): SegmentFacts {
  const found = segments.find((facts) => facts.segment === segment);
  if (!found) throw new Error(`there is no segment ${segment}`);
  return found;
}

/** The lane as the verdicts leave it. */
function after(
  segments: readonly SegmentFacts[],
  judged: readonly Verdict[],
): readonly SegmentFacts[] {
  const warm = going(judged, "warm");
  const cold = going(judged, "cold");
  return segments
    .filter(({ segment }) => !cold.includes(segment))
    .map((facts) => (warm.includes(facts.segment) ? { ...facts, contentBytes: 0 } : facts));
}

const total = (segments: readonly SegmentFacts[]): number =>
  segments.reduce((sum, { contentBytes, entriesBytes }) => sum + contentBytes + entriesBytes, 0);

function often(usual: boolean): fc.Arbitrary<boolean> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, fc.boolean());
}
