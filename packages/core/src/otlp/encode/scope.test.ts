import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { encode } from "./encode.ts";
import { exampleSpan } from "./example-span.ts";

test("spans say which version of which package recorded them", () => {
  const manifest = new URL("../../../package.json", import.meta.url);
  const { name, version } = JSON.parse(readFileSync(manifest, "utf8")) as Record<string, string>;
  const { resourceSpans } = encode([exampleSpan()], { resource: {}, content: null });
  expect(resourceSpans[0]?.scopeSpans[0]?.scope).toEqual({ name, version });
});
