import type { AuditOptions } from "../audit/audit.ts";
import {
  type Check,
  fieldsOf,
  flag,
  isPlain,
  listOf,
  longestTimerMs,
  name,
  numberWithin,
  text,
} from "./check.ts";
import type { JournalConfig } from "./config.ts";

const witness = fieldsOf({ url: text, key: text }, ["url", "key"]);
const options = fieldsOf({
  name,
  everyMs: numberWithin(1, longestTimerMs),
  witnesses: listOf(witness),
});

/** How a journal is sealed, without code: whether, or what `audit()` takes that is data. A key that lies elsewhere is code. */
export const sealAsData: Check = (value, path) => (isPlain(value) ? options : flag)(value, path);

interface SealAsData {
  readonly name?: string;
  readonly everyMs?: number;
  readonly witnesses?: readonly { readonly url: string; readonly key: string }[];
}

export interface JournalAsData extends Omit<JournalConfig, "seal"> {
  readonly seal?: SealAsData | boolean;
}

/** As `audit()` says it, but for what the file says itself. Imports what seals only where something is sealed. Rejects for a name or a key that cannot be used. */
export async function journalFromData({
  seal = false,
  ...said
}: JournalAsData): Promise<JournalConfig> {
  if (seal === false) return said;
  const [{ audit }, { parseVerifierKey }] = await Promise.all([
    import("../audit/audit.ts"),
    import("../audit/notes/verifier-key.ts"),
  ]);
  const { witnesses, ...given } = seal === true ? {} : seal;
  const known = witnesses?.map(({ url, key }) => ({ url, key: parseVerifierKey(key) }));
  const auditOptions: AuditOptions = { ...given, ...(known ? { witnesses: known } : {}) };
  return { ...audit(auditOptions), ...said };
}
