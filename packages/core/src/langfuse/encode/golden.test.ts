import { expect, test } from "vitest";
import { readable } from "../../otlp/encode/golden/readable.fixture.ts";
import {
  agentWithTool,
  failingGraph,
  suspendedAndResumed,
} from "../../otlp/encode/golden/sessions.fixture.ts";
import { spansOf } from "../../otlp/encode/golden/spans-of.fixture.ts";
import type { TracesRequest } from "../../otlp/wire/otlp.ts";
import type { EventDraft } from "../../vocabulary/event.ts";
import { encodeObservations } from "./encode.ts";
import type { ObservationEncoding } from "./observation-encoding.ts";

interface Golden extends Omit<ObservationEncoding, "content"> {
  readonly session: readonly EventDraft[];
  readonly withContent: boolean;
}

/** Each file was read against Langfuse's own mapping once; a change of one is a change of what people see there. */
const golden: Readonly<Record<string, Golden>> = {
  "agent-with-tool": { session: agentWithTool, withContent: true },
  "agent-with-tool.without-content": { session: agentWithTool, withContent: false },
  "agent-with-tool.delta": { session: agentWithTool, withContent: true, contextMode: "delta" },
  "failing-graph": { session: failingGraph, withContent: true, graph: true },
  "suspended-and-resumed": { session: suspendedAndResumed, withContent: true },
};

test.each(Object.entries(golden))(
  "%s goes out as it was reviewed",
  async (name, { session, withContent, ...encoding }) => {
    const { spans, content } = spansOf(session);
    const request = encodeObservations(spans, {
      ...encoding,
      content: withContent ? content : null,
    });
    await expect(readable(ofAnyVersion(request))).toMatchFileSnapshot(
      `fixtures/${name}.request.json`,
    );
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
