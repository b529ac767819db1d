import {
  type ChannelDigest,
  type Channels,
  channelsOf,
  digestOfChannels,
  frameDigest,
  metadataDigest,
  type StateDocument,
} from "../digest/state-document.ts";
import type { Account } from "./account.ts";
import type { StoredCheckpoint } from "./stored-thread.ts";
import { branchThatBrought } from "./value-of-branch.ts";
import { placeOf, type ToldCheckpoint, type ToldThread } from "./told-thread.ts";
import type { CheckpointFindingCode } from "./verification.ts";

/** Compares a checkpoint with what was told of it, and says what differs. */
export function compareState(
  stored: StoredCheckpoint,
  told: ToldCheckpoint,
  thread: ToldThread,
  account: Account,
): void {
  if (stored.after !== told.after)
    account.find(
      "PARENT_CHANGED",
      stored,
      `was written after ${nameOf(told.after)}, and stands after ${nameOf(stored.after)}`,
    );
  const { document, gone } = told.state;
  if (!document) {
    account.leave("DIGEST_GONE", stored, `what it held ${gone}, so its state cannot be compared`);
    return;
  }
  compareDigest("FRAME_CHANGED", "id, time or versions that nodes have seen", {
    now: frameDigest(stored.state),
    told: document.frame,
  });
  compareDigest("METADATA_CHANGED", "metadata", {
    now: metadataDigest(stored.metadata),
    told: document.metadata,
  });
  compareChannels(stored, told, document, thread, account);

  function compareDigest(
    code: CheckpointFindingCode,
    what: string,
    digests: { readonly now: string; readonly told: string },
  ): void {
    if (digests.told === "unreadable")
      account.leave(
        "CHANNEL_UNREADABLE",
        stored,
        `its ${what} could not be read when it was saved`,
      );
    else if (digests.now !== digests.told)
      account.find(code, stored, `its ${what} are not those that were written`);
  }
}

function compareChannels(
  stored: StoredCheckpoint,
  told: ToldCheckpoint,
  document: StateDocument,
  thread: ToldThread,
  account: Account,
): void {
  const now = channelsOf(stored.state, {});
  if (digestOfChannels(now) === document.hash) return;
  const { channels: then, isWhole } = channelsBehind(told, thread);
  let differing = 0;
  for (const [channel, said] of then) {
    const found = now.get(channel);
    if (said.unreadable) {
      account.leave(
        "CHANNEL_UNREADABLE",
        stored,
        `channel ${channel} could not be read when it was saved`,
      );
      differing += 1;
    } else if (differsFrom(said, found, stored, { thread, account })) differing += 1;
  }
  for (const channel of now.keys()) {
    if (then.has(channel) || !isWhole) continue;
    differing += 1;
    account.find("CHANNEL_UNTOLD", stored, `channel ${channel} was not in it`, { channel });
  }
  if (differing === 0)
    account.find(
      "STATE_CHANGED",
      stored,
      "its state is not the one that was written; which channel differs is told by a checkpoint before it that is not in the journal",
    );
}

function differsFrom(
  told: ChannelDigest,
  found: ChannelDigest | undefined,
  place: StoredCheckpoint,
  { thread, account }: { readonly thread: ToldThread; readonly account: Account },
): boolean {
  const { channel } = told;
  if (!found) account.find("CHANNEL_MISSING", place, `channel ${channel} is gone`, { channel });
  else if (found.version !== told.version)
    account.find(
      "VERSION_CHANGED",
      place,
      `channel ${channel} was written at version ${told.version}, and stands at ${found.version}`,
      { channel },
    );
  else if (found.hash !== told.hash) {
    const other = branchThatBrought(found, place, thread);
    if (other === null)
      account.find("VALUE_CHANGED", place, `the value of channel ${channel} is another one`, {
        channel,
      });
    else
      account.find(
        "VALUE_OF_BRANCH",
        place,
        `channel ${channel} has the value that checkpoint ${other} was given at the same version: the checkpointer keeps one for each version, and branches of a thread count alike`,
        { channel },
      );
  } else return false;
  return true;
}

/** All channels of a checkpoint, by way of those that it goes on from; not whole where one of these is not told. */
function channelsBehind(
  told: ToldCheckpoint,
  thread: ToldThread,
): { readonly channels: Channels; readonly isWhole: boolean } {
  const chain: StateDocument[] = [];
  const seen = new Set<ToldCheckpoint>();
  let from: ToldCheckpoint | undefined = told;
  let isWhole = false;
  while (from?.state.document && !seen.has(from)) {
    seen.add(from);
    const { document }: ToldCheckpoint["state"] = from.state;
    chain.push(document);
    if (document.from === null) {
      isWhole = true;
      break;
    }
    from = thread.checkpoints.get(placeOf(told.namespace, document.from));
  }
  const channels = new Map<string, ChannelDigest>();
  for (const { channels: listed, gone } of chain.toReversed()) {
    for (const each of listed) channels.set(each.channel, each);
    for (const { channel } of gone) channels.delete(channel);
  }
  return { channels, isWhole };
}

const nameOf = (checkpoint: string | null): string => checkpoint ?? "none";
