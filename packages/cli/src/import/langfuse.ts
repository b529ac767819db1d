import { isRecord } from "@spoor/core";
import { langfuseRecords, langfuseTraces } from "@spoor/core/langfuse/traces";
import type { Framework } from "./framework.ts";
import { lineReader } from "./line-reader.ts";
import type { Line } from "./lines.ts";
import type { RecordingFile } from "./recording-file.ts";

/** Traces of Langfuse, as its API answers and as its page downloads them. Each file is a document, and what it holds is read record by record. */
export const langfuseDocuments: Framework = {
  name: langfuseTraces.name,
  title: "Langfuse",
  adapter: "@spoor/core/langfuse/traces",
  history: null,
  endings: [".json", ".jsonl", ".ndjson"],
  groups: (paths) => paths.map((path) => [path]),
  lines: recordsOf,
  kindOf: (record) => (isOne(record) ? langfuseTraces.name : null),
  isLine: isOne,
  companion: () => null,
  reader: () => lineReader(langfuseTraces),
};

function isOne(record: unknown): boolean {
  return isRecord(record) && "of" in record && "row" in record;
}

/** How far it has come is told by how much text there was: the order of records is not that of the document. */
function* recordsOf(file: RecordingFile): Generator<Line> {
  let end = 0;
  for (const text of langfuseRecords(file.text())) {
    end = Math.min(file.size, end + text.length);
    yield { text, end, ended: true };
  }
}
