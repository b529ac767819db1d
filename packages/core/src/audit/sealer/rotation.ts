import { join } from "node:path";
import { epochText, readEpochs } from "../keys/epoch.ts";
import {
  type KeyElsewhere,
  type KeyOptions,
  endRotation,
  laneKey,
  nextLaneKey,
} from "../keys/lane-key.ts";
import { randomKey } from "../keys/new-key.ts";
import { signNote } from "../notes/sign-note.ts";
import { epochsFolder, keyFile, sealFolder } from "./seal-layout.ts";
import type { SealOutcome } from "./seal-outcome.ts";
import { Sealing, type SealingOptions } from "./sealing.ts";

const digits = 4;

/**
 * Seals a lane, and lets its log go on with another key: `elsewhere`, or one that is made. Both keys sign the record of it; then the former one is
 * destroyed where it lies here, and the next one signs the tree. What is cut short before the record was written has changed nothing, what is cut
 * short behind it is ended by the next sealing.
 */
export async function rotate(
  options: SealingOptions,
  elsewhere: KeyElsewhere | undefined,
): Promise<SealOutcome> {
  const { lane, folder, lock, files, durable, newKey = randomKey } = options;
  const seal = sealFolder(folder);
  const sealed = await new Sealing(options).seal();
  if (sealed.kind !== "sealed") return sealed;
  const place = { lane, seal, files, durable, newKey };
  const former = (await laneKey(options, place)).signer;
  const next = elsewhere
    ? (await laneKey(keyOptions(former.key.name, lane, elsewhere), place)).signer
    : await nextLaneKey(former.key.name, place);
  const { size, root } = sealed;
  const epoch = { size, root, former: former.key, next: next.key };
  const note = await signNote(epochText(epoch), [former, next]);
  if (!lock.isHeld()) return { kind: "busy", lane };
  const number = String(readEpochs(seal, files).length + 1).padStart(digits, "0");
  await durable.make(join(epochsFolder(seal), number), note);
  await durable.settle();
  if (elsewhere) files.remove(keyFile(seal));
  else await endRotation(place);
  const after = elsewhere ? keyOptions(former.key.name, lane, elsewhere) : {};
  return new Sealing({ ...options, ...after }).seal();
}

/** A log keeps its name, whoever signs for it. */
function keyOptions(origin: string, lane: string, key: KeyElsewhere): KeyOptions {
  return { name: origin.slice(0, -(lane.length + 1)), key };
}
