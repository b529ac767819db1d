import type { SpanReport } from "../report.ts";
import { excerpt } from "./excerpt.ts";
import { type Row, textRow } from "./row.ts";
import { piece } from "./styled-text.ts";

/** What a span was to give and what it gave, one below the other. Nobody judges here whether they agree. */
export function expectationRows({ expected, actual }: SpanReport, guide: string): readonly Row[] {
  if (expected === null) return [];
  return [
    textRow(guide, [piece("\u225F ", "dim"), piece(excerpt(expected), "dim")]),
    ...(actual === null ? [] : [textRow(guide, [piece("\u00AB ", "dim"), piece(excerpt(actual))])]),
  ];
}
