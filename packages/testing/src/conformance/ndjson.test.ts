import { ndjson } from "@spoor/core/ndjson";
import { describeExporter } from "../exporter/describe-exporter.ts";
import { overFile } from "../exporter/over-file.ts";

const idIn = (line: string): string => (JSON.parse(line) as { readonly id: string }).id;

describeExporter(
  "ndjson",
  ({ file }) => ndjson({ file }),
  overFile({
    idsIn: (text) => text.trimEnd().split("\n").map(idIn),
    contentType: "application/x-ndjson",
    /** What the file tells already of a value, it does not tell again. */
    repeats: false,
    words: {
      withheld: '{"withheld":"policy"}',
      erased: '{"erased":true}',
      missing: '{"missing":true}',
      cut: '{"cutFrom":7654321,',
    },
  }),
);
