import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { presetRows } from "./rows.ts";

const page = readFileSync(new URL("../../../../../docs/spec/otel.md", import.meta.url), "utf8");
const [, table = ""] = page.split("## Presets");

test.each(Object.entries(presetRows))(
  "the page says where %s is and what its variables are",
  (name, row) => {
    const line = table
      .split("\n")
      .find((text) => text.startsWith("| `") && text.includes(`\`${name}\``));
    const said = [
      ...(name === "zipkin"
        ? []
        : [row.base.replace("{site}", row.site?.otherwise ?? "") + row.path]),
      ...(row.endpoint === undefined ? [] : [row.endpoint]),
      ...(row.site === undefined ? [] : [row.site.variable]),
      ...(row.headers ?? []).map(({ variable }) => variable),
      ...Object.values(row.resource ?? {}),
      ...(row.overlay === undefined ? [] : [row.overlay]),
    ];
    for (const word of said) expect(line).toContain(word);
  },
);
