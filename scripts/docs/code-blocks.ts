/** A piece of TypeScript that a page shows. */
export interface CodeBlock {
  /** Where it begins in the page. */
  readonly line: number;
  readonly code: string;
}

const opening = /^( *)```ts\b/;

/** All of a page, in order; what is indented with a list stands at the margin. */
export function codeBlocks(page: string): readonly CodeBlock[] {
  const blocks: { line: number; lines: string[] }[] = [];
  let indent: string | null = null;
  for (const [index, line] of page.split("\n").entries()) {
    const opened = opening.exec(line);
    if (indent === null && opened) {
      indent = opened[1] ?? "";
      blocks.push({ line: index + 2, lines: [] });
    } else if (indent !== null && line.trim() === "```") indent = null;
    else if (indent !== null) blocks.at(-1)?.lines.push(line.slice(indent.length));
  }
  return blocks.map(({ line, lines }) => ({ line, code: lines.join("\n") }));
}
