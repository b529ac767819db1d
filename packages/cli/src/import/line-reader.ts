import type { Adapter, EventDraft } from "@spoor/core";

/** What a line says. `known`: somebody has taught the adapter its kind. */
export interface Reading {
  readonly known: boolean;
  readonly drafts: readonly EventDraft[];
  /** When it was written, in a form that sorts by time. Null: it does not tell. */
  readonly time: string | null;
}

/** The lines of one recording into drafts, in their order: what a line says follows from those before it. */
export interface LineReader {
  /** What is known before the first line. */
  readonly preface: readonly EventDraft[];
  /** Null: malformed. */
  read(line: string): Reading | null;
}

export interface LineReaderOptions<Native> {
  /** Lines that stand in no file, but have to be known to read those that do. */
  readonly before?: readonly string[];
  readonly timeOf?: (native: Native) => string | null;
  /** Fills in what a line leaves out and others tell. */
  readonly completed?: (native: Native) => Native;
}

export function lineReader<Native>(
  adapter: Adapter<Native>,
  {
    before = [],
    timeOf = () => null,
    completed = (native) => native,
  }: LineReaderOptions<Native> = {},
): LineReader {
  const translator = adapter.createTranslator();
  const said = (native: Native): readonly EventDraft[] => [
    ...translator.translate(completed(native)),
  ];
  return {
    preface: before.flatMap((line) => {
      const native = adapter.parse(line);
      return native === null ? [] : said(native);
    }),
    read(line) {
      const native = adapter.parse(line);
      return native === null
        ? null
        : { known: adapter.knows(native), drafts: said(native), time: timeOf(native) };
    },
  };
}
