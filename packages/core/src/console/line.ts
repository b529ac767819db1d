import { cutTo, padTo, columnsOf } from "../terminal/columns.ts";

export type Tone = "plain" | "faint" | "strong" | "good" | "bad" | "notable";

export interface Piece {
  readonly text: string;
  readonly tone: Tone;
}

/** One line of the terminal: what it is, and in a column of its own what is known of it. */
export interface Line {
  readonly what: readonly Piece[];
  readonly facts: readonly Piece[];
}

export interface Rendering {
  readonly color: boolean;
  readonly columns: number;
}

/** Where facts begin, so that they can be read downwards. */
const factColumn = 52;

const codes: Readonly<Record<Tone, string>> = {
  plain: "",
  faint: "2",
  strong: "1",
  good: "32",
  bad: "31",
  notable: "33",
};

/** Never wider than the columns given. */
export function rendered({ what, facts }: Line, { color, columns }: Rendering): string {
  const left = what.map(({ text }) => text).join("");
  const gap = facts.length === 0 ? "" : padTo(factColumn, left).slice(left.length) || "  ";
  const pieces = [...what, ...facts.flatMap((fact, index) => [space(index, gap), fact])];
  let free = columns;
  const shown = pieces.flatMap((piece) => {
    const text = cutTo(free, piece.text);
    const isCut = text !== piece.text;
    free = isCut ? 0 : free - columnsOf(text);
    return text === "" ? [] : [color ? painted({ ...piece, text }) : text];
  });
  return shown.join("").trimEnd();
}

const space = (index: number, gap: string): Piece => ({
  text: index === 0 ? gap : "  ",
  tone: "plain",
});

function painted({ text, tone }: Piece): string {
  return tone === "plain" ? text : `\u001b[${codes[tone]}m${text}\u001b[0m`;
}
