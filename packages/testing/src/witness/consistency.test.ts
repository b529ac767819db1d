import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import { emptyRoot, type Head, isConsistent } from "./consistency.ts";

// Roots and proofs of Certificate Transparency: github.com/transparency-dev/merkle, testdata/consistency.
const roots: Readonly<Record<number, string>> = {
  1: "bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=",
  2: "+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU=",
  5: "Tju7H3tHjc/nH7YxYxUZo7yhLJrvyhYSv85ME6hiZNQ=",
  6: "duZ9rbzfHhDht03cYIq9L5jfsW+851J3tSMqEn8gh+8=",
  7: "3bib5AOAnjJXUNPSY814kpwpQreUKjS3fhIslZSnTIw=",
  8: "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=",
};
const proofs: readonly (readonly [older: number, newer: number, proof: readonly string[]])[] = [
  [
    1,
    8,
    [
      "lqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c=",
      "Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=",
      "a0eq8p7jwq+a+Im8H7klTavTEXfxYjLdaqsDXKOb9uQ=",
    ],
  ],
  [
    6,
    8,
    [
      "DrxdNDf74tsVi58Sah0RjjCBgQMdCpSfje3t68VY72o=",
      "yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=",
      "037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=",
    ],
  ],
  [
    2,
    5,
    [
      "Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=",
      "vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=",
    ],
  ],
  [
    6,
    7,
    [
      "DrxdNDf74tsVi58Sah0RjjCBgQMdCpSfje3t68VY72o=",
      "sIaT7C5yFZcTBkHoIR5+7cy0wmQTlj7ubB4u0W/7Gl8=",
      "037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=",
    ],
  ],
];

function bytes(base64: string | undefined): Buffer {
  return Buffer.from(base64 ?? "", "base64");
}

function head(size: number): Head {
  return { size: BigInt(size), root: bytes(roots[size]) };
}

function flipped(hash: Buffer): Buffer {
  return Buffer.from(hash.map((byte, place) => (place === 31 ? byte ^ 1 : byte)));
}

test.each(proofs)(
  "%i to %i is shown as Certificate Transparency shows it, and no other way",
  (...shown) => {
    const [older, newer] = [head(shown[0]), head(shown[1])];
    const proof = shown[2].map(bytes);
    expect(isConsistent(older, newer, proof)).toBe(true);
    for (const [place, hash] of proof.entries()) {
      expect(isConsistent(older, newer, proof.with(place, flipped(hash)))).toBe(false);
      expect(isConsistent(older, newer, proof.toSpliced(place, 1))).toBe(false);
    }
    expect(isConsistent(older, newer, [...proof, newer.root])).toBe(false);
    expect(isConsistent(older, { ...newer, size: newer.size * 2n }, proof)).toBe(false);
    expect(isConsistent({ ...older, root: flipped(older.root) }, newer, proof)).toBe(false);
    expect(isConsistent(older, { ...newer, root: flipped(newer.root) }, proof)).toBe(false);
  },
);

test("a tree follows from nothing and from itself, by no hash at all", () => {
  const nothing = { size: 0n, root: emptyRoot };
  expect(isConsistent(nothing, head(5), [])).toBe(true);
  expect(isConsistent(head(5), head(5), [])).toBe(true);
  expect(isConsistent(nothing, head(5), [head(5).root])).toBe(false);
  expect(isConsistent(head(5), { ...head(5), root: head(6).root }, [])).toBe(false);
  expect(isConsistent(head(5), head(6), [])).toBe(false);
});
