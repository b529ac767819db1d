import { autogen, autogenAmong } from "@spoor/autogen";
import { isRecord } from "@spoor/core";
import type { Framework } from "./framework.ts";
import { lineReader } from "./line-reader.ts";

/** Event logs of AutoGen, in whatever they are wrapped, and recorded messages of its agents and teams. */
export const autogenRecordings: Framework = {
  name: autogen.name,
  title: "AutoGen",
  adapter: "@spoor/autogen",
  history: null,
  endings: [".jsonl", ".ndjson", ".log"],
  groups: (paths) => paths.map((path) => [path]),
  lines: (file) => file.lines(),
  kindOf: (_, text) => ((autogen.parse(text)?.kind ?? "text") === "text" ? null : autogen.name),
  isLine: isRecord,
  companion: () => null,
  reader: () => lineReader(autogen),
  together(surroundings) {
    const adapter = autogenAmong(surroundings);
    return () => lineReader(adapter);
  },
};
