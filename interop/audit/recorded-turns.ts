import { createRecorder, diskJournal } from "@spoor/core";

/** Records turns in the first free lane of a folder, each with a question and an answer: two entries a turn. */
export async function recordTurns(dir: string, first: number, last: number): Promise<void> {
  const journal = diskJournal({ dir });
  const recorder = createRecorder({ journal, clock: Date.now });
  for (let number = first; number < last; number += 1) {
    const about = { session: "thread", source: "api", key: `turn-${number}` } as const;
    const name = `ask ${number}`;
    recorder.emit({ ...about, type: "turn.started", name, input: `what is ${number}?` });
    recorder.emit({
      ...about,
      type: "turn.ended",
      outcome: { status: "ok" },
      output: `a number, ${number}`,
    });
  }
  await journal.close();
}
