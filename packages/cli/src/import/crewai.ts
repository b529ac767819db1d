import { isRecord } from "@spoor/core";
import { crewai, crewaiAmong } from "@spoor/crew";
import type { Framework } from "./framework.ts";
import { lineReader } from "./line-reader.ts";

/** Events of CrewAI, as Spoor's listener or CrewAI itself writes them, and spans that were made of them. */
export const crewaiRecordings: Framework = {
  name: crewai.name,
  title: "CrewAI",
  adapter: "@spoor/crew",
  history: null,
  endings: [".jsonl", ".ndjson", ".log", ".json"],
  groups: (paths) => paths.map((path) => [path]),
  lines: (file) => file.lines(),
  kindOf: (_, text) => (crewai.parse(text) === null ? null : crewai.name),
  isLine: isRecord,
  companion: () => null,
  reader: () => lineReader(crewai),
  together(surroundings) {
    const adapter = crewaiAmong(surroundings);
    return () => lineReader(adapter);
  },
};
