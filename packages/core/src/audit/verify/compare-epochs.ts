import type { Findings } from "./findings.ts";
import { count } from "./in-words.ts";
import type { RecordedEpoch } from "./key-chain.ts";
import type { RebuiltTree } from "./rebuilt-tree.ts";

/** Whether the entries that lie here are those that both keys have signed at the end of each epoch. */
export function compareEpochs(
  lane: string,
  epochs: readonly RecordedEpoch[],
  tree: RebuiltTree,
  findings: Findings,
): void {
  for (const { size, root, file } of epochs)
    if (tree.rootAt(size) !== root)
      findings.find(
        "EPOCH_DIFFERS",
        { lane, file },
        `the first ${count(size, "entry")} are not here as both keys have signed them`,
      );
}
