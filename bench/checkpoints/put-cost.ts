import { join } from "node:path";
import { MemorySaver } from "@langchain/langgraph";
import { auditCheckpointer } from "@spoor/langgraph";
import { bytesIn } from "../bytes-in.ts";
import { stopwatch } from "../clock.ts";
import { closeComplete } from "../complete.ts";
import { longRunningObserver } from "../long-running.ts";
import { median } from "../statistics.ts";
import { longThread, type Put } from "./long-thread.ts";

const blocks = 18;
const putsInBlock = 20;

/** Of one `put`, where a thread is so long. */
export interface PutCost {
  /** Microseconds of processor time of LangGraph's checkpointer in memory. */
  readonly bare: number;
  readonly witnessed: number;
  /** Microseconds of the witness alone, around a checkpointer that keeps nothing. */
  readonly added: number;
  /** That the journal has grown by. */
  readonly bytes: number;
}

interface Puttable {
  put(...given: Put): Promise<unknown>;
}

export async function putCost(messages: number, scratch: string): Promise<PutCost> {
  const dir = join(scratch, `journal-${messages}`);
  const witness = longRunningObserver({ journal: { dir } });
  const elsewhere = longRunningObserver({ journal: { dir: `${dir}-memory` } });
  const ways = {
    bare: () => memory(),
    witnessed: () => auditCheckpointer(memory(), elsewhere),
    nothing: () => keepsNothing(),
    added: () => auditCheckpointer(keepsNothing(), witness),
  };
  const spent = { bare: [], witnessed: [], nothing: [], added: [] } as Record<
    keyof typeof ways,
    number[]
  >;
  const bytes: number[] = [];
  for (let block = 0; block < blocks; block += 1)
    for (const name of Object.keys(ways) as (keyof typeof ways)[]) {
      const saver = ways[name]();
      const [first, ...puts] = longThread(String(block), messages, putsInBlock + 1);
      if (!first) continue;
      // A thread is read once in all its length, where it is gone on with.
      await saver.put(...first);
      if (name === "added") await witness.flush();
      const before = bytesIn(dir);
      const watch = stopwatch();
      for (const put of puts) await saver.put(...put);
      const took = (watch.spent() * 1_000) / puts.length;
      if (block < blocks / 3) continue;
      spent[name].push(took);
      if (name !== "added") continue;
      await witness.flush();
      bytes.push((bytesIn(dir) - before) / puts.length);
    }
  await closeComplete(witness);
  await closeComplete(elsewhere);
  return {
    bare: median(spent.bare),
    witnessed: median(spent.witnessed),
    added: median(spent.added) - median(spent.nothing),
    bytes: median(bytes),
  };
}

const memory = (): Puttable => new MemorySaver();

function keepsNothing(): Puttable {
  const saver = {
    put: (config: object) => Promise.resolve(config),
    putWrites: () => Promise.resolve(),
    getTuple: () => Promise.resolve(undefined),
    list: () => [],
  };
  return saver;
}
