import { join } from "node:path";
import { createObserver, type JsonObject, type Observer } from "@spoor/core";
import type { Benchmark, Figure } from "../benchmark.ts";
import { stopwatch } from "../clock.ts";
import { closeComplete } from "../complete.ts";
import { heapInUse } from "../heap.ts";
import { messages } from "../tool-loop.ts";

const turns = 500;
const piece = 100;
const contextLength = 200;

interface Piece {
  readonly kilobytes: number;
  readonly milliseconds: number;
  readonly heapKilobytes: number;
}

export const benchmark: Benchmark = {
  name: "session of 500 turns",
  note: "Each turn sends its last 200 messages: the same objects and two new ones of 4 kB. Figures are a turn, over the first, the middle and the last 100 turns. The messages are made beforehand: the heap is Spoor's alone.",
  async run({ scratch }) {
    const warmUp = createObserver({ journal: { dir: join(scratch, "warm-up") } });
    record(warmUp, messages(4 * piece, 4_096), 0, 2 * piece);
    await closeComplete(warmUp);

    const said = messages(2 * turns, 4_096);
    const observer = createObserver({ journal: { dir: join(scratch, "journal"), maxBytes: null } });
    const pieces: Piece[] = [];
    for (let first = 0; first < turns; first += piece) {
      const bytes = observer.health().journal.bytes;
      const heap = heapInUse();
      const watch = stopwatch();
      record(observer, said, first, piece);
      const milliseconds = watch.spent() / piece;
      pieces.push({
        milliseconds,
        kilobytes: (observer.health().journal.bytes - bytes) / 1_024 / piece,
        heapKilobytes: (heapInUse() - heap) / 1_024 / piece,
      });
    }
    await closeComplete(observer);
    return [
      ...overTime("journal", "kB/turn", pieces, ({ kilobytes }) => kilobytes, 1.1),
      ...overTime("CPU", "ms/turn", pieces, ({ milliseconds }) => milliseconds, 1.5),
      ...overTime("heap growth", "kB/turn", pieces, ({ heapKilobytes }) => heapKilobytes, null),
    ];
  },
};

function record(
  observer: Observer,
  said: readonly JsonObject[],
  first: number,
  count: number,
): void {
  const about = { session: "long", source: "callback" } as const;
  for (let turn = first; turn < first + count; turn += 1) {
    const key = `turn-${turn}`;
    const call = `call-${turn}`;
    const end = 2 * turn + 2;
    observer.emit({ ...about, type: "turn.started", key, name: "coder" });
    observer.emit({
      ...about,
      type: "model.started",
      key: call,
      parent: key,
      name: "model",
      context: { messages: said.slice(Math.max(0, end - contextLength), end) },
    });
    observer.emit({ ...about, type: "model.ended", key: call, outcome: { status: "ok" } });
    observer.emit({ ...about, type: "turn.ended", key, outcome: { status: "ok" } });
  }
}

function overTime(
  name: string,
  unit: string,
  pieces: readonly Piece[],
  pick: (piece: Piece) => number,
  mostGrowth: number | null,
): readonly Figure[] {
  const values = pieces.map(pick);
  const [first = NaN] = values;
  const middle = values[values.length >> 1] ?? NaN;
  const last = values.at(-1) ?? NaN;
  return [
    { name: `${name}, first`, value: first, unit },
    { name: `${name}, middle`, value: middle, unit },
    { name: `${name}, last`, value: last, unit },
    ...(mostGrowth === null
      ? []
      : [
          {
            name: `${name}, last ÷ first`,
            value: last / first,
            unit: "×",
            target: { atMost: mostGrowth },
          },
        ]),
  ];
}
