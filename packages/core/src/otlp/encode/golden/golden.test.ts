import { expect, test } from "vitest";
import type { EventDraft } from "../../../vocabulary/event.ts";
import type { TracesRequest } from "../../wire/otlp.ts";
import { encode } from "../encode.ts";
import type { EncodingOptions } from "../encoding.ts";
import { attributesIn, spansIn } from "../read-back.ts";
import { readable } from "./readable.fixture.ts";
import { agentWithTool, failingGraph, suspendedAndResumed } from "./sessions.fixture.ts";
import { spansOf } from "./spans-of.fixture.ts";

interface Golden extends EncodingOptions {
  readonly session: readonly EventDraft[];
  readonly withContent: boolean;
}

/** Each file was read against the conventions once; a change of one is a change of what backends get. */
const golden: Readonly<Record<string, Golden>> = {
  "agent-with-tool": { session: agentWithTool, withContent: true },
  "agent-with-tool.without-content": { session: agentWithTool, withContent: false },
  "agent-with-tool.delta": { session: agentWithTool, withContent: true, contextMode: "delta" },
  "agent-with-tool.1.36": { session: agentWithTool, withContent: true, dialect: "1.36" },
  "agent-with-tool.openinference": {
    session: agentWithTool,
    withContent: true,
    overlays: ["openinference"],
  },
  "failing-graph": { session: failingGraph, withContent: true },
  "suspended-and-resumed": { session: suspendedAndResumed, withContent: true },
};

test.each(Object.entries(golden))(
  "%s goes out as it was reviewed",
  async (name, { session, withContent, ...options }) => {
    const { spans, content } = spansOf(session);
    const request = ofAnyVersion(
      encode(spans, {
        ...options,
        resource: { "service.name": "shop" },
        content: withContent ? content : null,
      }),
    );
    expect(JSON.parse(readable(request))).toEqual(JSON.parse(JSON.stringify(request)));
    await expect(readable(request)).toMatchFileSnapshot(`fixtures/${name}.request.json`);
  },
);

/** The files outlive a release. */
function ofAnyVersion({ resourceSpans }: TracesRequest): TracesRequest {
  return {
    resourceSpans: resourceSpans.map(({ resource, scopeSpans }) => ({
      resource,
      scopeSpans: scopeSpans.map(({ scope, spans }) => ({
        scope: { ...scope, version: "any" },
        spans,
      })),
    })),
  };
}

test("each span of every session says in which conversation, for whom and what it is", () => {
  for (const { session } of Object.values(golden)) {
    const { spans } = spansOf(session);
    const encoded = spansIn(encode(spans, { resource: {}, content: null }));
    expect(encoded).toHaveLength(spans.length);
    for (const { attributes } of encoded)
      expect(attributesIn(attributes)).toMatchObject({
        "gen_ai.conversation.id": "thread 1",
        "spoor.kind": expect.any(String),
        "spoor.status": expect.any(String),
      });
  }
});
