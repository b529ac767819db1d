import type { Fields } from "../callbacks/native.ts";
import { textOf } from "../callbacks/reading.ts";
import { Recent } from "../callbacks/runs/recent.ts";
import {
  type Channels,
  channelsOf,
  type StateDocument,
  stateDocument,
} from "./digest/state-document.ts";
import { ValueDigests } from "./digest/value-digests.ts";
import type { Address } from "./native.ts";

const mostRemembered = 500;

/** The documents of one checkpointer's states, each made of what is new since its parent. */
export class StateDigests {
  readonly #values: ValueDigests = new ValueDigests();
  /** Of checkpoints that another may go on from. */
  readonly #channels: Recent<Channels> = new Recent(mostRemembered);

  /** `address`: names the parent. */
  ofSaved(
    address: Address,
    checkpoint: Fields,
    metadata: unknown,
    newVersions: unknown,
  ): StateDocument {
    const before = this.#channels.get(nameOf(address, address.checkpoint)) ?? null;
    const channels = this.#read(address, checkpoint, newVersions, before);
    const parent =
      before === null || address.checkpoint === undefined
        ? null
        : { checkpoint: address.checkpoint, channels: before };
    return stateDocument(checkpoint, metadata, channels, parent);
  }

  /** Read anew from what the checkpointer gave, whatever was known of it. */
  ofLoaded(address: Address, checkpoint: Fields, metadata: unknown): StateDocument {
    return stateDocument(checkpoint, metadata, this.#read(address, checkpoint, {}, null));
  }

  #read(
    address: Address,
    checkpoint: Fields,
    newVersions: unknown,
    before: Channels | null,
  ): Channels {
    const { thread, namespace } = address;
    const channels = channelsOf(checkpoint, newVersions, before, (value, channel) =>
      this.#values.of(value, JSON.stringify([thread, namespace, channel])),
    );
    const id = textOf(checkpoint["id"]);
    if (id !== undefined) this.#channels.set(nameOf(address, id), channels);
    return channels;
  }
}

function nameOf({ thread, namespace }: Address, checkpoint: string | undefined): string {
  return JSON.stringify([thread, namespace, checkpoint]);
}
