/** The columns of `checkpoints` that hold JSON. */
type Json = "checkpoint" | "metadata";

/** How one database says what tests do to its rows. Paths are names, the outermost first; `json` is text that holds no quote. */
export interface Dialect {
  /** All in which something lies of a thread. */
  readonly tables: readonly string[];
  readonly writes: { readonly table: string; readonly value: string };
  readonly bytes: (json: string) => string;
  /** A column with one thing in it set to an expression. */
  readonly withField: (column: Json, path: readonly string[], expression: string) => string;
  readonly json: (text: string) => string;
  readonly field: (column: Json, path: readonly string[]) => string;
  /** Changes the value of the channel `log`, where `condition` says: of rows of `checkpoints`. */
  readonly changeLog: (condition: string) => string;
}

const sqlite: Dialect = {
  tables: ["checkpoints", "writes"],
  writes: { table: "writes", value: "value" },
  bytes: (json) => `CAST('${json}' AS BLOB)`,
  withField: (column, path, expression) =>
    `CAST(json_set(CAST(${column} AS TEXT), '${pathOf(path)}', ${expression}) AS BLOB)`,
  json: (text) => `json('${text}')`,
  field: (column, path) => `json_extract(CAST(${column} AS TEXT), '${pathOf(path)}')`,
  changeLog: (condition) =>
    `UPDATE checkpoints SET checkpoint = ${sqlite.withField("checkpoint", ["channel_values", "log"], sqlite.json('["never said"]'))} WHERE ${condition}`,
};

/** Values lie beside the checkpoints, one for each version. */
const postgres: Dialect = {
  tables: ["checkpoints", "checkpoint_blobs", "checkpoint_writes"],
  writes: { table: "checkpoint_writes", value: "blob" },
  bytes: (json) => `convert_to('${json}', 'UTF8')`,
  withField: (column, path, expression) =>
    `jsonb_set(${column}, '{${path.join(",")}}', ${expression})`,
  json: (text) => `'${text}'::jsonb`,
  field: (column, path) => `${column} #> '{${path.join(",")}}'`,
  changeLog: (condition) =>
    `UPDATE checkpoint_blobs SET blob = ${postgres.bytes('["never said"]')} FROM checkpoints
     WHERE channel = 'log' AND checkpoints.checkpoint_ns = checkpoint_blobs.checkpoint_ns
       AND version = checkpoint #>> '{channel_versions,log}' AND ${condition}`,
};

function pathOf(path: readonly string[]): string {
  return ["$", ...path].join(".");
}

export const dialects: Readonly<Record<string, Dialect>> = { sqlite, postgres };
