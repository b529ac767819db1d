import type { ChannelDigest } from "../digest/state-document.ts";
import type { StoredCheckpoint } from "./stored-thread.ts";
import type { ToldThread } from "./told-thread.ts";

/**
 * The checkpoint that brought the very value that is found in another one, at the same version. Checkpointers that keep one value for a version of a channel
 * give a branch of a thread what its sibling wrote: that is no hand from outside, and the state is another one all the same. Null: none did.
 */
export function branchThatBrought(
  { channel, version, hash }: ChannelDigest,
  { namespace, checkpoint }: StoredCheckpoint,
  thread: ToldThread,
): string | null {
  for (const other of thread.checkpoints.values()) {
    if (other.namespace !== namespace || other.checkpoint === checkpoint) continue;
    const brought = other.state.document?.channels.some(
      (each) =>
        each.written && each.channel === channel && each.version === version && each.hash === hash,
    );
    if (brought) return other.checkpoint;
  }
  return null;
}
