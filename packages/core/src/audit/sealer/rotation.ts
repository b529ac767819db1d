import { AuditError } from "../audit-error.ts";
import { epochText, keysOfLog, readEpochs } from "../keys/epoch.ts";
import type { KeyElsewhere } from "../keys/key-elsewhere.ts";
import { type KeyOptions, endRotation, laneKey, nextLaneKey } from "../keys/lane-key.ts";
import { signNote } from "../notes/sign-note.ts";
import { type VerifierKey, isSameKey } from "../notes/verifier-key.ts";
import { epochFile, keyFile, sealFolder } from "./seal-layout.ts";
import type { SealOutcome } from "./seal-outcome.ts";
import { Sealing, type SealingOptions, keyPlaceOf } from "./sealing.ts";

/**
 * Seals a lane, and lets its log go on with another key: `elsewhere`, or one that is made. Both keys sign the record of it; then the former one is
 * destroyed where it lies here, and the next one signs the tree. What is cut short before the record was written has changed nothing, what is cut
 * short behind it is ended by the next sealing.
 */
export async function rotate(
  options: SealingOptions,
  elsewhere: KeyElsewhere | undefined,
): Promise<SealOutcome> {
  const { lane, folder, lock, files, durable } = options;
  const seal = sealFolder(folder);
  const sealed = await new Sealing(options).seal();
  if (sealed.kind !== "sealed") return sealed;
  const place = keyPlaceOf(options);
  const former = (await laneKey(options, place)).signer;
  const next = elsewhere
    ? (await laneKey(keyOptions(former.key.name, lane, elsewhere), place)).signer
    : await nextLaneKey(former.key.name, place);
  const epochs = readEpochs(seal, files);
  mustBeAnother(next.key, keysOfLog(epochs, former.key));
  const { size, root } = sealed;
  const epoch = { size, root, former: former.key, next: next.key };
  const note = await signNote(epochText(epoch), [former, next]);
  if (!lock.isHeld()) return { kind: "busy", lane };
  await durable.make(epochFile(seal, epochs.length + 1), note);
  await durable.settle();
  if (elsewhere) files.remove(keyFile(seal));
  else await endRotation(place);
  const after = elsewhere ? keyOptions(former.key.name, lane, elsewhere) : {};
  return new Sealing({ ...options, ...after, remembered: { size, root } }).seal();
}

/** A key that was followed by another signs nothing more, so it cannot come back. */
function mustBeAnother(next: VerifierKey, keys: readonly VerifierKey[]): void {
  if (!keys.some((key) => isSameKey(key, next))) return;
  throw new AuditError("KEY_FOLLOWED", `${next.name}+${next.id} is or was the key of this log`, {
    fix: "Let a key follow that the log has never had.",
  });
}

/** A log keeps its name, whoever signs for it. */
function keyOptions(origin: string, lane: string, key: KeyElsewhere): KeyOptions {
  return { name: origin.slice(0, -(lane.length + 1)), key };
}
