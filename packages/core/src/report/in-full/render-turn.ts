import { onOneLine } from "../../terminal/one-line.ts";
import type { MarkReport, SpanReport } from "../report.ts";
import { branchesOf } from "../tree/branch.ts";
import { itemRows } from "../tree/branch-rows.ts";
import { markTitle } from "../tree/mark-text.ts";
import { farCauses, referencesIn } from "../tree/references.ts";
import { align, type Row, textRow } from "../tree/row.ts";
import { paint, piece } from "../tree/styled-text.ts";
import { headRow, itemsOf, traceRows } from "../tree/turn-rows.ts";
import { roomIn, type TextOptions } from "../text/text-options.ts";
import type { Room } from "../text/wrap.ts";
import { type Repetition, repetitionIn } from "./repetition.ts";
import { saidRows } from "./said-rows.ts";
import type { SpanInFull, TurnInFull } from "./turn-in-full.ts";

/** One turn with all that was said in it, as a tree for people to read. Nothing in it can move the cursor or break a line. */
export function renderTurn(turn: TurnInFull, options: TextOptions = {}): readonly string[] {
  const { color = false, times = true, width = Infinity } = options;
  const room = roomIn(options);
  const spans = new Map(turn.spans.map((span) => [span.spanId, span]));
  const branches = branchesOf(turn.spans, turn.marks);
  const items = itemsOf(branches);
  const trunk = items.some(({ branch }) => branch) ? "\u2502  " : "   ";
  const repetition = repetitionIn(turn);
  const surroundings = {
    times,
    references: referencesIn(turn.spans),
    farCauses: farCauses(turn.spans),
    isCounted: turn.usageComplete,
    saidIn: ({ spanId }: { readonly spanId: SpanInFull["spanId"] }, guide: string) => {
      const span = spans.get(spanId);
      return span ? saidInSpan(span, { turn, repetition, guide, room }) : [];
    },
    toldBy: (mark: MarkReport, above: SpanReport | null, guide: string) =>
      messageRows(mark, above, { turn, repetition, guide, room }),
  };
  const rows: readonly Row[] = [
    headRow(turn, branches, surroundings),
    ...traceRows(turn, trunk, surroundings),
    ...saidRows("\u00BB", turn.input, { guide: trunk, room }),
    ...itemRows(items, "", branches[0]?.span ?? null, surroundings),
    ...(repetition.isAnswered(turn.output)
      ? []
      : saidRows("\u00AB", turn.output, { guide: "   ", room })),
    ...saidRows("!", errorOfTurn(turn), { guide: "   ", room, style: "red" }),
  ];
  return align(rows).map((line) => paint(line, { color, width }));
}

interface Place {
  readonly turn: TurnInFull;
  readonly repetition: Repetition;
  readonly guide: string;
  readonly room: Room;
}

/** A message in full, unless it repeats what is shown beside it. Null: the mark is no message. */
function messageRows(
  mark: MarkReport,
  above: SpanReport | null,
  { guide, repetition, room }: Place,
): readonly Row[] | null {
  const { content = null, role, type } = mark;
  if (type !== "message.received" && type !== "message.sent") return null;
  if (repetition.isTold(content)) return [];
  const title = `${markTitle(mark, above)}  ${typeof role === "string" ? onOneLine(role) : ""}`;
  const sign = type === "message.received" ? "\u00BB" : "\u00AB";
  return [
    textRow(guide, [piece(title, "dim")]),
    ...saidRows(sign, content, { guide: `${guide}  `, room }),
  ];
}

/** What went in, what came out, and the whole text of an error. The turn's own stand at its head and foot. */
function saidInSpan(
  { kind, input, output, expected, parameters, error }: SpanInFull,
  { guide, repetition, room, turn }: Place,
): readonly Row[] {
  const isActivation = kind === "turn" && turn.activations > 1;
  const said = kind === "model" ? repetition.withoutInputs(output) : output;
  return [
    ...saidRows("\u00BB", isActivation && input === turn.input ? null : input, { guide, room }),
    ...saidRows("=", parameters, { guide, room }),
    ...saidRows("\u225F", expected, { guide, room }),
    ...saidRows("\u00AB", isActivation && output === turn.output ? null : said, { guide, room }),
    ...(error && error.message !== output
      ? saidRows("!", error.message, { guide, room, style: "red" })
      : []),
  ];
}

function errorOfTurn({ spans, turnId }: TurnInFull): string | null {
  const activations = spans.filter(({ kind }) => kind === "turn");
  const [only, ...others] = activations;
  return only?.spanId === turnId && others.length === 0 ? (only.error?.message ?? null) : null;
}
