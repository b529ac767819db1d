import type { VerifierKey } from "../notes/verifier-key.ts";
import { verifierKeyFile } from "../sealer/seal-layout.ts";
import type { Findings } from "./findings.ts";
import { isSame, type KeyChain } from "./key-chain.ts";
import type { LanePlace } from "./lane-place.ts";

/**
 * Whom to believe about a log: all keys of its chain where no key was given, or one of them was; else those that were given, and it is found that
 * they do not lead to the key that the log shows.
 */
export function believedKeys(
  given: readonly VerifierKey[],
  shown: VerifierKey | null,
  chain: KeyChain,
  { lane, seal, nameOf }: LanePlace,
  findings: Findings,
): KeyChain {
  if (given.length === 0) return chain;
  const place = chain.keys.findIndex((key) => given.some((other) => isSame(key, other)));
  const [key] = chain.keys.slice(place);
  if (place >= 0 && key) {
    if (place > 0) tellFollowed(key, chain.keys.slice(0, place).toReversed(), lane, findings);
    return { keys: [...chain.keys, ...given], epochs: chain.epochs };
  }
  if (shown) {
    const message = `the log shows the key ${shown.id}, and not the one that was given for ${shown.name}; no records of epochs lead from that one to it`;
    findings.find("KEY_UNEXPECTED", { lane, file: nameOf(verifierKeyFile(seal)) }, message);
  }
  return { keys: given, epochs: [] };
}

function tellFollowed(
  { id }: VerifierKey,
  next: readonly VerifierKey[],
  lane: string,
  findings: Findings,
): void {
  const followers = next.map((key) => key.id).join(", then by ");
  const message = `the key ${id} that was given was followed by ${followers}: each has signed for the next`;
  findings.say("KEY_FOLLOWED", lane, message);
}
