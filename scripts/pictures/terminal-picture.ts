/** What a command printed to a terminal, as a picture in text: sharp at any size, and readable in a difference. */
export function terminalPicture(command: string, printed: string): string {
  const lines = [
    [{ text: `$ ${command}`, style: "prompt" }],
    ...printed.trimEnd().split("\n").map(piecesOf),
  ];
  const columns = Math.max(
    ...lines.map((line) => line.reduce((sum, { text }) => sum + text.length, 0)),
  );
  const [width, height] = [
    columns * cell.width + 2 * margin,
    lines.length * cell.height + 2 * margin,
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${Math.ceil(width)} ${height}" role="img" aria-label="${escaped(command)}">`,
    `<style>${styles}</style>`,
    `<rect width="100%" height="100%" rx="8"/>`,
    ...lines.map((line, index) => textLine(line, margin + (index + 0.8) * cell.height)),
    "</svg>",
    "",
  ].join("\n");
}

interface Piece {
  readonly text: string;
  /** Names of classes, with spaces between. */
  readonly style: string;
}

const margin = 16;
const cell = { width: 7.8, height: 18 };

const styles = [
  "rect{fill:#16181d}",
  "text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:#d7dae0;white-space:pre}",
  ".prompt{fill:#8ab4f8}.bold{font-weight:600;fill:#fff}.dim{fill:#7d828c}",
  ".red{fill:#f28b82}.green{fill:#81c995}.yellow{fill:#fdd663}.blue{fill:#8ab4f8}.magenta{fill:#c58af9}.cyan{fill:#78d9ec}",
].join("");

const colors = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/** What a terminal is told between the letters; it begins with the character ESC. */
const styleCode = new RegExp(`${String.fromCharCode(27)}\\[(\\d+)m`);

/** A line in pieces of one style each. Only what the commands print is known: bold, dim and the eight colours. */
function piecesOf(line: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let [weight, color] = ["", ""];
  for (const [index, part] of line.split(styleCode).entries()) {
    if (index % 2 === 0) {
      if (part !== "")
        pieces.push({ text: part, style: [weight, color].filter(Boolean).join(" ") });
      continue;
    }
    const code = Number(part);
    if (code === 0) [weight, color] = ["", ""];
    else if (code === 1) weight = "bold";
    else if (code === 2) weight = "dim";
    else if (code === 22) weight = "";
    else if (code === 39) color = "";
    else color = colors[code - 30] ?? color;
  }
  return pieces;
}

/** Each piece stands in its column, whatever the font makes of the ones before it. */
function textLine(pieces: readonly Piece[], y: number): string {
  let column = 0;
  const spans = pieces.map(({ text, style }) => {
    const x = (margin + column * cell.width).toFixed(1);
    const length = (text.length * cell.width).toFixed(1);
    column += text.length;
    const named = style === "" ? "" : ` class="${style}"`;
    return `<tspan x="${x}" textLength="${length}" lengthAdjust="spacingAndGlyphs"${named}>${escaped(text)}</tspan>`;
  });
  return `<text y="${y.toFixed(1)}">${spans.join("")}</text>`;
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
