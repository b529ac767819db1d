import type { PageData, PageSpan, PageTurn } from "../../page-data.ts";

const usage = { input: null, cacheRead: null, cacheWrite: null, output: null, reasoning: null };
const cost = { usd: null, reportedUsd: null, unpriced: 0, unpricedRests: 0 };

export const spanOf = (told: Partial<PageSpan>): PageSpan => ({
  id: "0",
  kind: "tool",
  name: "Read",
  key: "k",
  status: "ok",
  ...told,
});

const turn: PageTurn = {
  id: "0",
  traceId: "0",
  status: "ok",
  activations: 1,
  modelCalls: 0,
  toolCalls: 0,
  errors: 0,
  compactions: 0,
  usage,
  cost,
  links: [],
};

/** A page of these spans, in so many turns. */
export function pageOf(spans: readonly PageSpan[], turns: number): PageData {
  return {
    session: {
      id: "s",
      inferred: false,
      framework: null,
      userId: null,
      feature: null,
      tags: [],
      environment: null,
      release: null,
      status: "ok",
      startedAt: null,
      endedAt: null,
      turns,
      modelCalls: 0,
      toolCalls: 0,
      errors: 0,
      usage,
      unattributed: null,
      usageComplete: true,
      cost,
    },
    turns: Array.from({ length: turns }, () => turn),
    spans,
    marks: [],
    messages: [],
    texts: [],
    leftOut: { turns: 0, spans: 0, ofLastTurn: 0, ofNoTurn: 0, texts: 0, longestText: 0 },
  };
}
