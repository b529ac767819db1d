import type { DraftOf, Key, Recorder } from "@spoor/core";
import { errorSaid } from "../callbacks/flow/error-said.ts";
import { fieldsOf, known, memberOf, readOr, textOf } from "../callbacks/reading.ts";
import type { GraphRuns } from "../handler/graph-runs.ts";
import { withCarrier } from "./carrier.ts";
import { CheckpointRecord } from "./checkpoint-record.ts";
import { asContent } from "./digest/state-document.ts";
import { writesContent, writesDocument } from "./digest/writes-document.ts";
import { labelIn } from "./label.ts";
import { Loops, type Standing } from "./loops.ts";
import { type Address, addressIn, type Loaded, loadedIn, writesIn } from "./native.ts";
import type { CheckpointAuditOptions } from "./options.ts";
import { copying, deleting, pruning } from "./removals.ts";
import { continues } from "./resumption.ts";
import { StateDigests } from "./state-digests.ts";
import { saidValues, writtenValues } from "./values.ts";
import { unheard, type Witness } from "./witness.ts";

type Saved = DraftOf<"checkpoint.saved">;
type Written = DraftOf<"checkpoint.written">;

/** What one checkpointer is asked to do, as events. Nothing here throws. */
export class CheckpointAudit {
  readonly #recorder: Recorder;
  readonly #runs: GraphRuns;
  readonly #options: CheckpointAuditOptions;
  readonly #record: CheckpointRecord;
  readonly #loops: Loops;
  readonly #digests: StateDigests = new StateDigests();

  constructor(recorder: Recorder, runs: GraphRuns, options: CheckpointAuditOptions) {
    this.#recorder = recorder;
    this.#runs = runs;
    this.#options = options;
    this.#record = new CheckpointRecord(recorder, runs);
    this.#loops = new Loops(runs);
  }

  /** A state that is to be saved is read before the checkpointer has it: LangGraph goes on with it at once. */
  put(given: readonly unknown[]): Witness {
    const [config, checkpoint, metadata] = given;
    const address = addressIn(config);
    const id = textOf(memberOf(checkpoint, "id"));
    if (address === null || id === undefined) return unheard(given);
    const standing = this.#loops.of(config);
    const draft: Saved = {
      type: "checkpoint.saved",
      ...this.#record.about(address.thread, standing.on, id),
      checkpoint: id,
      ...known({
        after: address.checkpoint,
        namespace: namespaceIn(address),
        step: stepIn(metadata),
        origin: textOf(memberOf(metadata, "source")),
        label: labelIn(config, metadata, this.#options.label),
      }),
      ...readOr<Pick<Saved, "state" | "native">>({}, () => this.#stateIn(address, given)),
    };
    return {
      given: this.#carrying(given, address, standing),
      kept: () => this.#record.tell(draft, config),
      refused: this.#refused(config, address, standing.on, { checkpoint: id }),
    };
  }

  putWrites(given: readonly unknown[]): Witness {
    const [config, writes, taskId] = given;
    const address = addressIn(config);
    const task = textOf(taskId);
    if (address?.checkpoint === undefined || task === undefined) return unheard(given);
    const { thread, checkpoint } = address;
    const { on } = this.#loops.ofTask(config, task);
    const draft: Written = {
      type: "checkpoint.written",
      ...this.#record.about(thread, on, `${checkpoint}:${task}`),
      checkpoint,
      task,
      ...known({ namespace: namespaceIn(address) }),
      ...readOr<Pick<Written, "writes" | "native">>({}, () => this.#writesIn(writes)),
    };
    return {
      given,
      kept: () => this.#record.tell(draft, config),
      refused: this.#refused(config, address, on, { checkpoint, task }),
    };
  }

  deleteThread(given: readonly unknown[]): Witness {
    return deleting(this.#record, given);
  }

  prune(given: readonly unknown[]): Witness {
    return pruning(this.#record, given);
  }

  copyThread(given: readonly unknown[]): Witness {
    return copying(this.#record, given);
  }

  /** A checkpointer gave a state, or has none. Where a graph begins with it, work goes on from there. */
  read(config: unknown, tuple: unknown): void {
    this.#record.guarded(() => {
      const standing = this.#loops.begin(config);
      if (standing === null) return;
      const loaded = loadedIn(tuple);
      if (loaded !== null) {
        continues(config, standing, loaded, { loops: this.#loops, recorder: this.#recorder });
        this.#restored(config, standing.on, loaded);
      }
      if (standing.run !== null) this.#runs.release(standing.run);
    });
  }

  #restored(config: unknown, on: Key | null, { address, checkpoint, metadata }: Loaded): void {
    const asked = addressIn(config);
    const id = textOf(checkpoint["id"]);
    if (asked === null || id === undefined) return;
    const from = { ...asked, ...address };
    const state = readOr(undefined, () =>
      asContent(this.#digests.ofLoaded(from, checkpoint, metadata)),
    );
    this.#record.tell(
      {
        type: "checkpoint.restored",
        ...this.#record.about(from.thread, on, `restored:${id}`),
        checkpoint: id,
        ...known({ namespace: namespaceIn(from), state }),
      },
      config,
    );
  }

  #stateIn(address: Address, given: readonly unknown[]): Pick<Saved, "state" | "native"> {
    const [, checkpoint, metadata, newVersions] = given;
    const fields = fieldsOf(checkpoint);
    const state = asContent(this.#digests.ofSaved(address, fields, metadata, newVersions));
    if (this.#options.values !== true) return { state };
    return { state, native: saidValues(fields, newVersions, metadata) };
  }

  /** Read from nothing: LangGraph gives messages their ids, in place, after a task has returned them. */
  #writesIn(given: unknown): Pick<Written, "writes" | "native"> {
    const pairs = writesIn(given);
    const writes = writesContent(writesDocument(pairs));
    return this.#options.values === true ? { writes, native: writtenValues(pairs) } : { writes };
  }

  #refused(
    config: unknown,
    address: Address,
    on: Key | null,
    what: { readonly checkpoint: Key; readonly task?: Key },
  ): Witness["refused"] {
    return (error) => {
      const { errorType, text: detail } = errorSaid(error);
      const name = ["refused", what.checkpoint, what.task].filter(Boolean).join(":");
      this.#record.tell(
        {
          type: "checkpoint.refused",
          ...this.#record.about(address.thread, on, name),
          ...what,
          ...known({ namespace: namespaceIn(address) }),
          errorType,
          detail,
        },
        config,
      );
    };
  }

  /** The outermost graph's checkpoints say where their turn began. */
  #carrying(
    given: readonly unknown[],
    { namespace }: Address,
    standing: Standing,
  ): readonly unknown[] {
    if (this.#options.carrier === false || namespace !== "") return given;
    return readOr(given, () => {
      const [config, checkpoint, metadata, ...more] = given;
      return [config, checkpoint, withCarrier(metadata, this.#loops.carrierOf(standing)), ...more];
    });
  }
}

/** The outermost graph's has no name. */
function namespaceIn({ namespace }: Address): string | undefined {
  return namespace === "" ? undefined : namespace;
}

function stepIn(metadata: unknown): number | undefined {
  const step = memberOf(metadata, "step");
  return Number.isInteger(step) ? (step as number) : undefined;
}
