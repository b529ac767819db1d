import process from "node:process";
import { runSuites } from "../run-suites.mjs";
import { strace } from "./faults/install.mjs";
import { checker, fsck, minio, mirror, omniwitness, oneshot } from "./install.mjs";

// The audit code at programs of others.

/** Each a file of tests, and what it needs, under the name that the file knows it by. */
const needs = {
  audit: { audit: checker },
  tessera: { fsck },
  oneshot: { oneshot, fsck },
  mirror: { mirror, fsck },
  journal: { audit: checker, fsck },
  witness: {},
  omniwitness: { omniwitness },
  cosigned: { omniwitness, audit: checker },
  minio: { minio },
  faults: { strace, fsck },
};

const suites = Object.fromEntries(
  Object.entries(needs).map(([file, needed]) => [file, { file, needs: needed }]),
);

process.exitCode = await runSuites(suites, {
  wanted: process.argv.slice(2),
  command: ({ file }) =>
    `vitest run -c interop/audit/vitest.config.ts interop/audit/${file}.test.ts`,
});
