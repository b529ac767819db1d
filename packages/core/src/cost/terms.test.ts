import { describe, expect, test } from "vitest";
import { recordedSession, said, second } from "../report/hand-recorded.fixture.ts";
import type { JsonValue } from "../vocabulary/json.ts";
import type { EventDraft } from "../vocabulary/event.ts";
import { sharedTerms, type Terms, termsOf, unknownTerms } from "./terms.ts";

const usage = { input: 1, cacheRead: 0, cacheWrite: 0, output: 1, reasoning: null };

/** The terms of a call of which the framework said this, and in its report of usage that. */
function termsWith(onCall: JsonValue | undefined, onReport?: JsonValue): Terms {
  const drafts: readonly EventDraft[] = [
    { ...said, type: "turn.started", key: "t", name: "turn", ...second(0) },
    { ...said, type: "model.started", key: "m", parent: "t", name: "m-1", ...second(1) },
    {
      ...said,
      type: "usage.reported",
      on: "m",
      mark: "1",
      basis: "call",
      usage,
      final: true,
      ...(onReport === undefined ? {} : { native: onReport }),
    },
    {
      ...said,
      type: "model.ended",
      key: "m",
      outcome: { status: "ok" },
      ...(onCall === undefined ? {} : { native: onCall }),
    },
  ];
  const { view, content } = recordedSession(drafts);
  const call = view.spans.find(({ kind }) => kind === "model");
  if (!call) throw new Error("expected a model call");
  return termsOf(call, content);
}

test("tier, speed, region and searches are read from where an adapter keeps them", () => {
  const native = {
    request_id: "r",
    usage: {
      service_tier: "batch",
      speed: "standard",
      inference_geo: "us",
      server_tool_use: { web_search_requests: 2, web_fetch_requests: 1 },
    },
  };
  const terms = { tier: "batch", speed: "standard", region: "us", webSearches: 2 };
  expect(termsWith(native)).toEqual(terms);
  expect(termsWith(undefined, native)).toEqual(terms);
});

test("a report fills in what the call did not say, and knows later", () => {
  const first = {
    usage: { service_tier: "standard", server_tool_use: { web_search_requests: 0 } },
  };
  const last = { usage: { inference_geo: "global", server_tool_use: { web_search_requests: 3 } } };
  expect(termsWith(first, last)).toEqual({
    tier: "standard",
    speed: null,
    region: "global",
    webSearches: 3,
  });
});

describe("what is not said in this form stays unknown", () => {
  test.each<[JsonValue | undefined]>([
    [undefined],
    ["batch"],
    [{ service_tier: "batch" }],
    [{ usage: "batch" }],
    [{ usage: { service_tier: 1, speed: "", inference_geo: null, server_tool_use: [] } }],
    [{ usage: { server_tool_use: { web_search_requests: -1 } } }],
  ])("%j", (native) => {
    expect(termsWith(native)).toEqual(unknownTerms);
  });
});

test("several calls share their terms, or nobody knows what they were", () => {
  const batch = { ...unknownTerms, tier: "batch", webSearches: 1 };
  expect(sharedTerms([])).toEqual(unknownTerms);
  expect(sharedTerms([batch, { ...batch, webSearches: 2 }])).toEqual({
    ...batch,
    webSearches: null,
  });
  expect(sharedTerms([batch, unknownTerms])).toBeNull();
});
