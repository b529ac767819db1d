import { consoleExporter } from "@spoor/core/console";
import { describeExporter } from "../exporter/describe-exporter.ts";
import { overWrites } from "../exporter/over-writes.ts";

describeExporter(
  "console",
  ({ write }) => consoleExporter({ write, color: false }),
  overWrites({
    /** People read names; ids are not for them. */
    idOf: (item) => ("type" in item && "key" in item && "name" in item ? `▸ ${item.name}` : null),
    idsIn: (text) =>
      Array.from(text.matchAll(/▸ \S+ +(.*?)(?: {2,}.*)?\n/g), ([, name]) => `▸ ${name}`),
    problemsIn: (text) =>
      /[\p{Cc}\u202a-\u202e]/u.test(text.slice(0, -1)) ? [`unsafe: ${text}`] : [],
    repeats: false,
  }),
);
