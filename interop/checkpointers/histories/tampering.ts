import type { CheckpointFindingCode } from "@spoor/langgraph";
import type { Dialect } from "./dialect.ts";

/** Statements that an application does not know of, and what a verifier has to name. */
export interface Tampering {
  readonly statements: string;
  readonly codes: readonly CheckpointFindingCode[];
}

/** The id of a checkpoint of the outermost graph, counted from the newest. */
const place = (count: number): string =>
  `(SELECT checkpoint_id FROM checkpoints WHERE checkpoint_ns = '' ORDER BY checkpoint_id DESC LIMIT 1 OFFSET ${count})`;
const at = (count: number): string =>
  `checkpoints.checkpoint_ns = '' AND checkpoints.checkpoint_id = ${place(count)}`;

export function tamperingIn(dialect: Dialect): Readonly<Record<string, Tampering>> {
  const { tables, writes, bytes, withField, json, field, changeLog } = dialect;
  const log = `channel = 'log' AND checkpoint_ns = ''`;
  const oneWrite = `${log} AND checkpoint_id = (SELECT max(checkpoint_id) FROM ${writes.table} WHERE ${log})`;
  const version = ["channel_versions", "log"];
  return {
    "a value": { statements: changeLog(at(1)), codes: ["VALUE_CHANGED"] },
    "a value in a graph within": {
      statements: changeLog("checkpoints.checkpoint_ns <> ''"),
      codes: ["VALUE_CHANGED"],
    },
    "a version": {
      statements: `UPDATE checkpoints SET checkpoint = ${withField("checkpoint", version, `(SELECT ${field("checkpoint", version)} FROM checkpoints WHERE ${at(5)})`)} WHERE ${at(1)}`,
      codes: ["VERSION_CHANGED"],
    },
    "what a node has seen": {
      statements: `UPDATE checkpoints SET checkpoint = ${withField("checkpoint", ["versions_seen", "think"], json("{}"))} WHERE ${at(1)}`,
      codes: ["FRAME_CHANGED"],
    },
    "the parent": {
      statements: `UPDATE checkpoints SET parent_checkpoint_id = ${place(4)} WHERE ${at(0)}`,
      codes: ["PARENT_CHANGED"],
    },
    metadata: {
      statements: `UPDATE checkpoints SET metadata = ${withField("metadata", ["step"], json("7"))} WHERE ${at(1)}`,
      codes: ["METADATA_CHANGED"],
    },
    "a row that was deleted": {
      statements: `DELETE FROM checkpoints WHERE ${at(2)}`,
      codes: ["CHECKPOINT_MISSING"],
    },
    "all rows of the thread": {
      statements: tables
        .map((table) => `DELETE FROM ${table} WHERE thread_id = 'thread'`)
        .join(";"),
      codes: ["CHECKPOINT_MISSING"],
    },
    "a row that was put in": {
      statements: `INSERT INTO checkpoints SELECT thread_id, checkpoint_ns, '2' || substr(checkpoint_id, 2), checkpoint_id, type, checkpoint, metadata FROM checkpoints WHERE ${at(0)}`,
      codes: ["CHECKPOINT_UNTOLD"],
    },
    "two rows that changed places": {
      statements: `CREATE TEMPORARY TABLE pair AS SELECT * FROM checkpoints WHERE (${at(1)}) OR (${at(2)});
        UPDATE checkpoints SET (parent_checkpoint_id, checkpoint, metadata) =
          (SELECT parent_checkpoint_id, checkpoint, metadata FROM pair WHERE pair.checkpoint_id <> checkpoints.checkpoint_id)
          WHERE checkpoint_ns = '' AND checkpoint_id IN (SELECT checkpoint_id FROM pair);
        DROP TABLE pair`,
      codes: ["FRAME_CHANGED", "METADATA_CHANGED", "PARENT_CHANGED", "VERSION_CHANGED"],
    },
    "a pending write": {
      statements: `UPDATE ${writes.table} SET ${writes.value} = ${bytes('["never written"]')} WHERE ${oneWrite}`,
      codes: ["WRITE_CHANGED"],
    },
    "what an interrupt asks": {
      statements: `UPDATE ${writes.table} SET ${writes.value} = ${bytes('[{"value":"sure, and pay?"}]')} WHERE channel = '__interrupt__'`,
      codes: ["WRITE_CHANGED"],
    },
    "a pending write that was deleted": {
      statements: `DELETE FROM ${writes.table} WHERE ${oneWrite}`,
      codes: ["WRITE_MISSING"],
    },
    "a pending write that was put in": {
      statements: `INSERT INTO ${writes.table} SELECT thread_id, checkpoint_ns, checkpoint_id, task_id, 9, 'smuggled', type, ${writes.value} FROM ${writes.table} WHERE ${oneWrite}`,
      codes: ["WRITE_UNTOLD"],
    },
  };
}

/** A dump, as far as it matters here: all rows of one moment. */
export const dumped = ({ tables }: Dialect): string =>
  tables.map((table) => `CREATE TABLE old_${table} AS SELECT * FROM ${table}`).join(";");

export const putBack = ({ tables }: Dialect): string =>
  tables
    .map((table) => `DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM old_${table}`)
    .join(";");
