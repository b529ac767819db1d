import { AIMessage, type BaseMessage, HumanMessage } from "@langchain/core/messages";

/** What LangGraph passes to a checkpointer's `put`. */
export type Put = readonly [
  config: object,
  checkpoint: object,
  metadata: object,
  newVersions: object,
];

/** Checkpoints of a thread that is this long already: each goes on from the one before with one message more, in a list of its own, as reducers make it. */
export function* longThread(thread: string, messages: number, count: number): Generator<Put> {
  let list: readonly BaseMessage[] = Array.from({ length: messages }, (_, place) =>
    messageAt(thread, place),
  );
  let config = configOf(thread);
  for (let step = 0; step < count; step += 1) {
    const id = `1f1e62${String(step).padStart(2, "0")}-0000-6000-8000-${thread.padStart(12, "0")}`;
    const versions = { messages: step + 2, "branch:to:agent": step + 2, __start__: 1 };
    const checkpoint = {
      v: 4,
      id,
      ts: new Date(1_764_000_000_000 + step).toISOString(),
      channel_values: { messages: list, "branch:to:agent": null },
      channel_versions: versions,
      versions_seen: {
        __input__: {},
        __start__: { __start__: 1 },
        agent: { "branch:to:agent": step + 1 },
      },
    };
    const { __start__: _, ...newVersions } = versions;
    yield [config, checkpoint, { source: "loop", step, parents: {} }, newVersions];
    config = configOf(thread, id);
    list = [...list, messageAt(thread, messages + step)];
  }
}

function configOf(thread: string, checkpoint?: string): object {
  return {
    configurable: {
      thread_id: thread,
      checkpoint_ns: "",
      ...(checkpoint === undefined ? {} : { checkpoint_id: checkpoint }),
    },
  };
}

/** 400 characters, which no other message has. */
function messageAt(thread: string, place: number): BaseMessage {
  const content = `message ${place} of thread ${thread} `.padEnd(400, "and so on, ");
  const id = `${thread}-${place}`;
  return place % 2 === 0 ? new HumanMessage({ content, id }) : new AIMessage({ content, id });
}
