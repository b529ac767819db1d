import type { Fields } from "../../callbacks/native.ts";
import { memberOf, textOf } from "../../callbacks/reading.ts";
import { addressIn, type Loaded, loadedIn, type Write } from "../native.ts";

/** As much of a checkpointer as it takes to read what it holds. */
export interface ReadableSaver {
  getTuple(config: SaverConfig): PromiseLike<unknown>;
  list(config: SaverConfig): AsyncIterable<unknown>;
}

export interface SaverConfig {
  readonly configurable: {
    readonly thread_id: string;
    readonly checkpoint_ns?: string;
    readonly checkpoint_id?: string;
  };
}

export interface StoredCheckpoint {
  readonly namespace: string;
  readonly checkpoint: string;
  /** Null: it says that it goes on from none. */
  readonly after: string | null;
  readonly state: Fields;
  readonly metadata: Fields;
  readonly writes: readonly (Write & { readonly task: string })[];
}

/**
 * What a checkpointer holds of a thread, each as a graph that goes on from it would be given it: some checkpointers list less than they load. Rejects with what the
 * checkpointer says.
 */
export async function storedThread(
  saver: ReadableSaver,
  thread: string,
): Promise<readonly StoredCheckpoint[]> {
  const stored: StoredCheckpoint[] = [];
  for await (const listed of saver.list({ configurable: { thread_id: thread } })) {
    const { address, checkpoint: id } = identityOf(listed);
    const tuple = await saver.getTuple({
      configurable: { thread_id: thread, checkpoint_ns: address, checkpoint_id: id },
    });
    const loaded = loadedIn(tuple ?? listed);
    if (loaded) stored.push(storedIn(tuple ?? listed, loaded, address, id));
  }
  return stored;
}

function identityOf(tuple: unknown): { readonly address: string; readonly checkpoint: string } {
  const found = addressIn(memberOf(tuple, "config"));
  const own = textOf(memberOf(memberOf(tuple, "checkpoint"), "id"));
  return { address: found?.namespace ?? "", checkpoint: found?.checkpoint ?? own ?? "" };
}

function storedIn(
  tuple: unknown,
  { checkpoint: state, metadata, pendingWrites }: Loaded,
  namespace: string,
  checkpoint: string,
): StoredCheckpoint {
  const after = addressIn(memberOf(tuple, "parentConfig"))?.checkpoint ?? null;
  return { namespace, checkpoint, after, state, metadata, writes: pendingWrites.flatMap(writeIn) };
}

function writeIn(pending: unknown): readonly (Write & { readonly task: string })[] {
  if (!Array.isArray(pending)) return [];
  const [task, channel, value] = pending as readonly unknown[];
  return typeof task === "string" && typeof channel === "string" ? [{ task, channel, value }] : [];
}
