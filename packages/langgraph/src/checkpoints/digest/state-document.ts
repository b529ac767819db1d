import type { JsonObject } from "@spoor/core";
import type { Fields } from "../../callbacks/native.ts";
import { fieldsOf, memberOf } from "../../callbacks/reading.ts";
import { carrierKey } from "../carrier.ts";
import { type Digest, digestOf, digestOfText } from "./value-digests.ts";

/** A channel at a version. */
export interface ChannelDigest {
  readonly channel: string;
  readonly version: number | string;
  /** Absent: it has a version and no value, or the value could not be read. */
  readonly hash?: Digest;
  readonly unreadable?: true;
  /** This very checkpoint brought the version. */
  readonly written?: true;
}

/**
 * What was in a checkpoint, without its values: the content `state` of `checkpoint.saved` and `checkpoint.restored`. Channels stand as objects and
 * never by name, because a redactor looks at the names of fields and at what stands side by side.
 */
export interface StateDocument {
  readonly form: "spoor-state/1";
  /** The parent, where the channels that are not listed are as they were there. Null: all are listed. */
  readonly from: string | null;
  readonly channels: readonly ChannelDigest[];
  /** Listed before, and no more. */
  readonly gone: readonly { readonly channel: string }[];
  /** Over all channels, listed or not. */
  readonly hash: Digest;
  /** Over what else decides how a graph goes on: the checkpoint's id, format and time, and which versions each node has seen. */
  readonly frame: Digest;
  /** Over the metadata as the application and LangGraph gave it. */
  readonly metadata: Digest;
}

export type Channels = ReadonlyMap<string, ChannelDigest>;

/** How a value is digested; `channel`: whose it is. Throws where it cannot be read. */
export type DigestValue = (value: unknown, channel: string) => Digest;

/**
 * All channels of a checkpoint that have a version, in the order of their names: those without one are stored by no database. What has the version that
 * `before` has is as it was there, but that a channel whose values are written as differences has a whole one now and then.
 */
export function channelsOf(
  checkpoint: Fields,
  newVersions: unknown,
  before: Channels | null = null,
  digest: DigestValue = digestOf,
): Channels {
  const versions = fieldsOf(memberOf(checkpoint, "channel_versions"));
  const values = fieldsOf(memberOf(checkpoint, "channel_values"));
  const brought = fieldsOf(newVersions);
  const channels = new Map<string, ChannelDigest>();
  for (const channel of Object.keys(versions).toSorted()) {
    const version = versions[channel];
    if (typeof version !== "number" && typeof version !== "string") continue;
    const known = before?.get(channel);
    const read =
      known?.version === version &&
      known.unreadable === undefined &&
      (known.hash !== undefined) === (values[channel] !== undefined)
        ? hashIn(known)
        : hashOf(values, channel, digest);
    const written = Object.hasOwn(brought, channel) ? ({ written: true } as const) : {};
    channels.set(channel, { channel, version, ...read, ...written });
  }
  return channels;
}

/** The document of a checkpoint: in full, or as what is another than in its parent. */
export function stateDocument(
  checkpoint: Fields,
  metadata: unknown,
  channels: Channels,
  parent: { readonly checkpoint: string; readonly channels: Channels } | null = null,
): StateDocument {
  const all = [...channels.values()];
  const before = parent?.channels;
  return {
    form: "spoor-state/1",
    from: parent?.checkpoint ?? null,
    channels: all.filter(
      ({ channel, version, hash, written }) =>
        written || before?.get(channel)?.version !== version || before.get(channel)?.hash !== hash,
    ),
    gone: [...(before?.keys() ?? [])]
      .filter((channel) => !channels.has(channel))
      .map((channel) => ({ channel })),
    hash: digestOfChannels(channels),
    frame: frameDigest(checkpoint),
    metadata: metadataDigest(metadata),
  };
}

/** Over every channel: its name, its version and the digest of its value. */
export function digestOfChannels(channels: Channels): Digest {
  const all = [...channels.values()].map(({ channel, version, hash = null }) => [
    channel,
    version,
    hash,
  ]);
  return digestOfText(JSON.stringify(all));
}

export function frameDigest(checkpoint: Fields): Digest {
  const { v, id, ts, versions_seen: seen } = checkpoint;
  return readableDigest({ v, id, ts, seen });
}

/** Without what this package has put there. */
export function metadataDigest(metadata: unknown): Digest {
  const { [carrierKey]: _, ...given } = fieldsOf(metadata);
  return readableDigest(given);
}

/** A document as the JSON that it is. */
export function asContent(document: StateDocument): JsonObject {
  return document as unknown as JsonObject;
}

function readableDigest(value: unknown): Digest {
  try {
    return digestOf(value);
  } catch {
    return "unreadable";
  }
}

function hashOf(
  values: Fields,
  channel: string,
  digest: DigestValue,
): Pick<ChannelDigest, "hash" | "unreadable"> {
  try {
    const value = Object.hasOwn(values, channel) ? values[channel] : undefined;
    return value === undefined ? {} : { hash: digest(value, channel) };
  } catch {
    return { unreadable: true };
  }
}

const hashIn = ({ hash }: ChannelDigest): Pick<ChannelDigest, "hash"> =>
  hash === undefined ? {} : { hash };
