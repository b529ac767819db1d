const printableAscii = /^[\u0020-\u007E]*$/;
/** Takes tens of milliseconds to make, and plain text never needs one. */
let segmenter: Intl.Segmenter | null = null;
const firstLook = 256;

/**
 * What a reader takes for one character each, from one place of a text on: an accent goes with its letter, a family with its joiners. Looks at a
 * long text piece by piece, so whoever needs only its beginning does not wait for the rest.
 */
export function* graphemesFrom(text: string, start: number): Iterable<string> {
  let size = firstLook;
  for (let from = start; from < text.length;) {
    const piece = text.slice(from, from + size);
    const isLast = from + size >= text.length;
    let used = 0;
    for (const grapheme of segmentsOf(piece)) {
      // What touches the end of a piece may go on in the next.
      if (!isLast && used + grapheme.length === piece.length) break;
      used += grapheme.length;
      yield grapheme;
    }
    from += used;
    size = used === 0 ? size * 2 : firstLook;
  }
}

function* segmentsOf(text: string): Iterable<string> {
  if (printableAscii.test(text)) yield* text;
  else {
    segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
    for (const { segment } of segmenter.segment(text)) yield segment;
  }
}
