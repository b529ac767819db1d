import { memberOf, readOr, textOf } from "../callbacks/reading.ts";
import type { CheckpointAuditOptions } from "./options.ts";

/** What the application calls a checkpoint. Where its own function throws, nothing. */
export function labelIn(
  config: unknown,
  metadata: unknown,
  label: CheckpointAuditOptions["label"],
): string | undefined {
  if (label === undefined) return undefined;
  if (typeof label === "function") return readOr(undefined, () => textOf(label(config, metadata)));
  return textOf(memberOf(metadata, label) ?? memberOf(memberOf(config, "metadata"), label));
}
