import { expect, test } from "vitest";
import { readsIngestion, readsOtlp, versionOf } from "./version.ts";

test.each([
  ["2.95.11", false, true],
  ["3.101.9", false, true],
  ["3.102.0", true, true],
  ["v3.225.4", true, true],
  ["3.225.4-rc.1", true, true],
  ["4.0.0", true, false],
  ["10.1", true, false],
])(
  "a server of version %s reads OTLP: %s, traces by the ingestion API: %s",
  (text, otlp, ingestion) => {
    const version = versionOf(text);
    expect(version && [readsOtlp(version), readsIngestion(version)]).toEqual([otlp, ingestion]);
  },
);

test.each(["", "main", "3", "3.x", "latest 3.102.0"])("%j is no version", (text) => {
  expect(versionOf(text)).toBeNull();
});
