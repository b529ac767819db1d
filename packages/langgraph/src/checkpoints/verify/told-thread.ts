import type { AgentEvent, ContentReader, EventOf } from "@spoor/core";
import type { StateDocument } from "../digest/state-document.ts";
import type { WritesDocument } from "../digest/writes-document.ts";
import { type Read, readState, readWrites } from "./documents.ts";

export interface ToldCheckpoint {
  readonly namespace: string;
  readonly checkpoint: string;
  /** Null: it goes on from none. */
  readonly after: string | null;
  readonly state: Read<StateDocument>;
  /** A later pruning may have taken it. */
  mayBeGone: boolean;
}

export interface ToldWrites {
  readonly namespace: string;
  readonly checkpoint: string;
  readonly task: string;
  readonly writes: Read<WritesDocument>;
}

export interface ToldResumption {
  readonly namespace: string;
  readonly checkpoint: string;
  readonly state: Read<StateDocument>;
  /** What was told of the checkpoint by then; null: nothing, as clocks of several machines go. */
  readonly saved: ToldCheckpoint | null;
}

/** What a journal tells of a thread's checkpoints, in the order of recording. */
export class ToldThread {
  /** By namespace and id; the one that was told last. */
  readonly checkpoints: Map<string, ToldCheckpoint> = new Map();
  /** By checkpoint. */
  readonly writes: Map<string, ToldWrites[]> = new Map();
  readonly resumptions: ToldResumption[] = [];
  /** Those that the application had removed, and that nobody saved again. */
  readonly removed: Set<string> = new Set();
  /** What the checkpointer may hold although it did not say so: by checkpoint, or by checkpoint and task. */
  readonly refused: Set<string> = new Set();
  /** Checkpoints of other threads were copied here. */
  isCopied = false;
  isPruned = false;
  /** Entries of the thread are gone from the journal. */
  isReduced = false;
  /** The first that was told of; null: nothing is told yet. */
  #first: { readonly id: string; readonly goesOnFrom: string | null } | null = null;
  readonly #content: ContentReader;

  constructor(content: ContentReader) {
    this.#content = content;
  }

  apply(event: AgentEvent): void {
    switch (event.type) {
      case "checkpoint.saved":
        this.#save(event);
        break;
      case "checkpoint.written":
        this.#write(event);
        break;
      case "checkpoint.restored":
        this.#resume(event);
        break;
      case "checkpoint.refused":
        this.#refuse(event);
        break;
      case "checkpoint.removed":
        this.#remove(event);
        break;
      case "native.noted":
        this.isCopied ||= event.name === "checkpoints copied";
        break;
      case "record.reduced":
        this.isReduced ||= event.what === "entries";
        break;
      default:
    }
  }

  #save({ namespace = "", checkpoint, after, state }: EventOf<"checkpoint.saved">): void {
    const place = placeOf(namespace, checkpoint);
    this.#begin(checkpoint, after === undefined ? null : placeOf(namespace, after));
    this.removed.delete(place);
    this.checkpoints.set(place, {
      namespace,
      checkpoint,
      after: after ?? null,
      state: readState(state, this.#content),
      mayBeGone: false,
    });
  }

  #write({ namespace = "", checkpoint, task, writes }: EventOf<"checkpoint.written">): void {
    const place = placeOf(namespace, checkpoint);
    const told = { namespace, checkpoint, task, writes: readWrites(writes, this.#content) };
    const all = this.writes.get(place);
    if (all) all.push(told);
    else this.writes.set(place, [told]);
  }

  #resume({ namespace = "", checkpoint, state }: EventOf<"checkpoint.restored">): void {
    const place = placeOf(namespace, checkpoint);
    const saved = this.checkpoints.get(place) ?? null;
    this.#begin(checkpoint, place);
    const read = readState(state, this.#content);
    this.resumptions.push({ namespace, checkpoint, state: read, saved });
  }

  #begin(id: string, goesOnFrom: string | null): void {
    this.#first ??= { id, goesOnFrom };
  }

  /**
   * Why nobody told that a checkpoint was saved, where there is a lawful reason. The record of a thread that was there before it begins with what it goes on from;
   * ids of checkpoints grow with time.
   */
  reasonUntold(checkpoint: string): "COPIED" | "ENTRIES_REMOVED" | "BEFORE_RECORD" | null {
    if (this.isCopied) return "COPIED";
    if (this.isReduced) return "ENTRIES_REMOVED";
    if (this.#first === null || this.#first.goesOnFrom === null) return null;
    const isOlder =
      !this.checkpoints.has(this.#first.goesOnFrom) && !this.removed.has(this.#first.goesOnFrom);
    return isOlder && checkpoint <= this.#first.id ? "BEFORE_RECORD" : null;
  }

  #refuse({ namespace = "", checkpoint, task }: EventOf<"checkpoint.refused">): void {
    if (checkpoint === undefined) this.#expectLess(() => true);
    else this.refused.add(placeOf(namespace, checkpoint, task));
  }

  #remove({ namespace, checkpoint, kept }: EventOf<"checkpoint.removed">): void {
    const isMeant = (told: ToldCheckpoint): boolean =>
      (namespace === undefined || told.namespace === namespace) &&
      (checkpoint === undefined || told.checkpoint === checkpoint);
    if (kept !== undefined) {
      this.isPruned = true;
      this.#expectLess(isMeant);
      return;
    }
    for (const [place, told] of this.checkpoints) {
      if (!isMeant(told)) continue;
      this.checkpoints.delete(place);
      this.writes.delete(place);
      this.removed.add(place);
    }
  }

  #expectLess(isMeant: (told: ToldCheckpoint) => boolean): void {
    for (const told of this.checkpoints.values()) if (isMeant(told)) told.mayBeGone = true;
  }
}

/** What tells a checkpoint of a thread, or what a task wrote to it, from all others. */
export function placeOf(namespace: string, checkpoint: string, task?: string): string {
  return JSON.stringify([namespace, checkpoint, ...(task === undefined ? [] : [task])]);
}
