import type { SpanReport } from "../report.ts";
import type { Branch, Item } from "./branch.ts";
import { isShown, markPiece } from "./mark-text.ts";
import { expectationRows } from "./expectation-rows.ts";
import { type Row, textRow } from "./row.ts";
import { type Surroundings, spanRow } from "./span-row.ts";

/** What hangs on a span, each line tied to what stands above it. */
export function itemRows(
  items: readonly Item[],
  trunk: string,
  above: SpanReport | null,
  surroundings: Surroundings,
): readonly Row[] {
  const lastBranch = items.findLastIndex(({ branch }) => branch !== undefined);
  return items.flatMap(({ branch, mark }, index): readonly Row[] => {
    const passing = index < lastBranch ? "\u2502  " : "   ";
    if (mark) {
      if (!isShown(mark)) return [];
      const told = surroundings.toldBy?.(mark, above, `${trunk}${passing}`) ?? null;
      return told ?? [textRow(`${trunk}${passing}`, [markPiece(mark, above)])];
    }
    const fork = index < lastBranch ? "\u251C\u2500 " : "\u2570\u2500 ";
    const below = `${trunk}${passing}${hasBranches(branch) ? "\u2502  " : "   "}`;
    return [
      spanRow(branch.span, `${trunk}${fork}`, above, surroundings),
      ...(surroundings.saidIn?.(branch.span, below) ?? expectationRows(branch.span, below)),
      ...itemRows(branch.items, `${trunk}${passing}`, branch.span, surroundings),
    ];
  });
}

const hasBranches = ({ items }: Branch): boolean =>
  items.some(({ branch }) => branch !== undefined);
