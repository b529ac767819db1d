import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { bundledName, bundledPrices } from "./bundled-prices.ts";

test("a line names the version that the package depends on, exactly", () => {
  const manifest: { readonly dependencies: Readonly<Record<string, string>> } = JSON.parse(
    readFileSync(new URL("../../../package.json", import.meta.url), "utf8"),
  );
  const version = manifest.dependencies["@pydantic/genai-prices"];
  expect(bundledName).toBe(`@pydantic/genai-prices ${version}`);
});

test("it is a list like any other", async () => {
  const { source, from, providers } = await bundledPrices();
  expect({ source, from }).toEqual({ source: "bundled", from: bundledName });
  expect(providers.map(({ id }) => id)).toEqual(
    expect.arrayContaining(["anthropic", "openai", "google", "deepseek"]),
  );
});
