import { expect, test } from "vitest";
import { configFromJson } from "./config-from-json.ts";

const around = { environment: { LANGSMITH_API_KEY: "key" }, folder: "/" };

const config = (exporter: object): ReturnType<typeof configFromJson> =>
  configFromJson(JSON.stringify({ exporters: [exporter] }), "spoor.config.json", around);

test("data can name the product that spans go to, and how they are said", async () => {
  const { exporters } = await config({
    to: "otel",
    preset: "langsmith",
    overlays: ["openinference"],
    dialect: "1.41",
    contextMode: "delta",
    maxAttributeBytes: 4_096,
    content: "full",
  });
  expect(exporters).toMatchObject([
    {
      to: { name: "langsmith", destination: "https://api.smith.langchain.com/otel/v1/traces" },
      content: "full",
    },
  ]);
});

test.each([
  [{ preset: "splunk" }, "preset"],
  [{ dialect: "1.0" }, "dialect"],
  [{ overlays: ["opik"] }, "overlays"],
  [{ contextMode: "none" }, "contextMode"],
  [{ maxAttributeBytes: 10 }, "maxAttributeBytes"],
  [{ preset: "honeycomb" }, "HONEYCOMB_API_KEY"],
])("%j is refused, by name", async (options, name) => {
  await expect(config({ to: "otel", ...options })).rejects.toMatchObject({
    problems: [expect.stringContaining(name)],
  });
});
