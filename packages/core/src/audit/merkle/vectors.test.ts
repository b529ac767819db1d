import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import { consistencyProof, verifyConsistency } from "./consistency.ts";
import { type Hash, base64OfHash, bytesOfHash, hashOfBase64, hashOfBytes } from "./hash.ts";
import { emptyRoot, leafHash } from "./hash.ts";
import { inclusionProof, verifyInclusion } from "./inclusion.ts";
import { nodesOver } from "./leaves.fixture.ts";
import { treeRoot } from "./node-reader.ts";

// The numbers that implementations of Certificate Transparency test each other with: github.com/transparency-dev/merkle, testonly/constants.go
// and the happy paths of testdata/.

const entries = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
].map((hex) => Buffer.from(hex, "hex"));
const leaves = entries.map((entry) => leafHash(entry));
const read = nodesOver(leaves);

const roots = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
] as const;

function head(size: number): { readonly size: number; readonly root: Hash } {
  return { size, root: roots[size] as Hash };
}

test("roots are those of Certificate Transparency", () => {
  expect(emptyRoot).toBe(roots[0]);
  expect(roots.map((_, size) => treeRoot(size, read))).toEqual(roots);
});

test.each([
  { index: 0, size: 1, proof: [] },
  {
    index: 0,
    size: 8,
    proof: [
      "lqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c=",
      "Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=",
      "a0eq8p7jwq+a+Im8H7klTavTEXfxYjLdaqsDXKOb9uQ=",
    ],
  },
  {
    index: 5,
    size: 8,
    proof: [
      "vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=",
      "yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=",
      "037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=",
    ],
  },
  { index: 2, size: 3, proof: ["+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU="] },
  {
    index: 1,
    size: 5,
    proof: [
      "bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=",
      "Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=",
      "vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=",
    ],
  },
])("entry $index of $size is proven as Certificate Transparency does", (vector) => {
  const { index, size } = vector;
  const proof = inclusionProof(index, size, read);
  expect(proof.map(base64OfHash)).toEqual(vector.proof);
  expect(verifyInclusion({ leaf: leaves[index] as Hash, index, proof }, head(size))).toBe(true);
});

test.each([
  { oldSize: 1, newSize: 1, proof: [] },
  {
    oldSize: 1,
    newSize: 8,
    proof: [
      "lqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c=",
      "Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=",
      "a0eq8p7jwq+a+Im8H7klTavTEXfxYjLdaqsDXKOb9uQ=",
    ],
  },
  {
    oldSize: 6,
    newSize: 8,
    proof: [
      "DrxdNDf74tsVi58Sah0RjjCBgQMdCpSfje3t68VY72o=",
      "yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=",
      "037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=",
    ],
  },
  {
    oldSize: 2,
    newSize: 5,
    proof: [
      "Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=",
      "vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=",
    ],
  },
  {
    oldSize: 6,
    newSize: 7,
    proof: [
      "DrxdNDf74tsVi58Sah0RjjCBgQMdCpSfje3t68VY72o=",
      "sIaT7C5yFZcTBkHoIR5+7cy0wmQTlj7ubB4u0W/7Gl8=",
      "037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=",
    ],
  },
])("$newSize is proven to begin with $oldSize as Certificate Transparency does", (vector) => {
  const { oldSize, newSize } = vector;
  const proof = consistencyProof(oldSize, newSize, read);
  expect(proof.map(base64OfHash)).toEqual(vector.proof);
  expect(verifyConsistency(head(oldSize), head(newSize), proof)).toBe(true);
});

test("a hash is the same in hex, in bytes and in base64, and has one spelling of each", () => {
  const [, hash] = leaves as [Hash, Hash];
  const base64 = base64OfHash(hash);
  expect(hashOfBytes(bytesOfHash(hash))).toBe(hash);
  expect(hashOfBase64(base64)).toBe(hash);
  expect(hashOfBytes(bytesOfHash(hash).subarray(1))).toBeNull();
  // The last character but the padding has two bits that belong to no byte.
  const stray = base64.replace(
    /(.)=$/,
    (_, last: string) => `${String.fromCharCode(last.charCodeAt(0) + 1)}=`,
  );
  for (const wrong of [
    stray,
    base64.slice(0, -1),
    `${base64}\n`,
    ` ${base64}`,
    `${base64}AAAA`,
    "",
  ])
    expect(hashOfBase64(wrong)).toBeNull();
});
