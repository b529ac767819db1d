import type { ContentReader } from "../../journal/content.ts";
import { inWords } from "../../journal/in-words.ts";
import { textOf } from "./json-text.ts";
import type { Span } from "../../run-tree/span.ts";
import { text } from "../wire/key-value.ts";
import type { OtlpEvent } from "../wire/otlp.ts";
import { names } from "./conventions.ts";

/**
 * An error as the exception that backends look for, on the span where it happened and on no span above it: those end in an error too, and repeat
 * neither its message nor the event. `when`: the end of the span.
 */
export function exceptionOf(
  { status, errorType, errorPassedOn, detail }: Span,
  content: ContentReader | null,
  when: string | null,
): readonly OtlpEvent[] {
  if (status !== "error" || errorType === null || errorPassedOn) return [];
  const said = content && detail !== null ? textOf(inWords(content.read(detail))) : null;
  return [
    {
      name: "exception",
      ...(when === null ? {} : { timeUnixNano: when }),
      attributes: [...text(names.exceptionType, errorType), ...text(names.exceptionMessage, said)],
    },
  ];
}
