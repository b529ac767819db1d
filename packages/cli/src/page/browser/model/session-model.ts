import type { PageData, PageMessage, PageText, Place } from "../../page-data.ts";

/** The page's data, with the ways from one thing to another. Built once; nothing here changes afterwards. */
export interface SessionModel {
  readonly data: PageData;
  /** Spans of a turn, depth first; of what lies in no turn for null. */
  readonly spansOf: (turn: number | null) => readonly Place[];
  readonly childrenOf: (span: Place) => readonly Place[];
  readonly activationsOf: (turn: number) => readonly Place[];
  /** Model calls of a turn, in their order. */
  readonly callsOf: (turn: number) => readonly Place[];
  /** What a span caused. */
  readonly effectsOf: (span: Place) => readonly Place[];
  readonly textAt: (place: Place | undefined) => PageText | null;
  readonly messageAt: (place: Place) => PageMessage | null;
  /** Spans with an error, in their order. */
  readonly errors: readonly Place[];
}

const none: readonly Place[] = [];

export function sessionModel(data: PageData): SessionModel {
  const { spans } = data;
  const places = spans.map((_, place) => place);
  const turnOf = (place: Place): number | null => spans[place]?.turn ?? null;
  const byTurn = Map.groupBy(places, turnOf);
  const children = Map.groupBy(places, (place) => spans[place]?.parent);
  const effects = Map.groupBy(places, (place) => spans[place]?.cause);
  const ofKind = (kind: string): ((turn: number) => readonly Place[]) => {
    const found = Map.groupBy(
      places.filter((place) => spans[place]?.kind === kind),
      turnOf,
    );
    return (turn) => found.get(turn) ?? none;
  };
  return {
    data,
    spansOf: (turn) => byTurn.get(turn) ?? none,
    childrenOf: (span) => children.get(span) ?? none,
    activationsOf: ofKind("turn"),
    callsOf: ofKind("model"),
    effectsOf: (span) => effects.get(span) ?? none,
    textAt: (place) => (place === undefined ? null : (data.texts[place] ?? null)),
    messageAt: (place) => data.messages[place] ?? null,
    errors: places.filter((place) => spans[place]?.error !== undefined),
  };
}
