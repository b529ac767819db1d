import type { PageSpan, Place } from "../../page-data.ts";
import type { SessionModel } from "./session-model.ts";

/** Finds the spans that say a text somewhere: in their names, in what they were given, answered, failed with, or were told for the first time. */
export function searcher({ data }: SessionModel): (query: string) => readonly Place[] {
  const { spans, texts, messages } = data;
  const textsOf = (span: PageSpan): readonly Place[] => [
    ...[
      span.input,
      span.output,
      span.expected,
      span.parameters,
      span.native,
      span.error?.message,
    ].filter((text) => text !== undefined),
    ...(span.context?.add ?? []).flatMap((message) => messages[message]?.text ?? []),
    ...(span.marks ?? []).flatMap(({ fields }) => fields.map(([, text]) => text)),
  ];
  return (query) => {
    const wanted = query.trim().toLowerCase();
    if (wanted === "") return [];
    const escaped = JSON.stringify(wanted).slice(1, -1);
    const saying = new Set<Place>();
    for (const [place, { text, json }] of texts.entries())
      if (text.toLowerCase().includes(json ? escaped : wanted)) saying.add(place);
    const isNamed = (span: PageSpan): boolean =>
      namesOf(span).some((name) => name.toLowerCase().includes(wanted));
    return spans.flatMap((span, place) =>
      isNamed(span) || textsOf(span).some((text) => saying.has(text)) ? [place] : [],
    );
  };
}

const namesOf = ({ id, key, name, kind, agent, model, error, finishReason }: PageSpan) =>
  [id, key, name, kind, agent, model, error?.type, finishReason].filter(
    (text) => text !== undefined,
  );
