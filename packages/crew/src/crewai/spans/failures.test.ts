import { expect, test } from "vitest";
import { draftsOf } from "../recordings.fixture.ts";

interface Failing {
  readonly id: string;
  readonly within: string | null;
  readonly kind: string;
  readonly error: string;
}

const failing = ({ id, within, kind, error }: Failing): string =>
  JSON.stringify({
    resourceSpans: [
      {
        scopeSpans: [
          {
            scope: { name: "openinference.instrumentation.crewai" },
            spans: [
              {
                traceId: "a".repeat(32),
                spanId: id.repeat(16),
                ...(within === null ? {} : { parentSpanId: within.repeat(16) }),
                name: kind,
                startTimeUnixNano: "1000000000",
                endTimeUnixNano: "2000000000",
                attributes: [{ key: "openinference.span.kind", value: { stringValue: kind } }],
                status: { code: 2, message: error },
              },
            ],
          },
        ],
      },
    ],
  });

/** Errors by where they were told first, innermost first, as an exporter sends them. */
const toldFirst = (spans: readonly Failing[]): readonly string[] =>
  draftsOf(spans.map(failing)).flatMap((draft) =>
    "outcome" in draft && draft.outcome.status === "error" && draft.outcome.passedOn !== true
      ? [draft.key]
      : [],
  );

const tool: Failing = { id: "1", within: "2", kind: "TOOL", error: "KeyError: 'city'" };
const agent: Failing = { id: "2", within: null, kind: "AGENT", error: "" };

test("a failure that comes up through spans is told once, where it happened", () => {
  const passed = { ...agent, error: "Task failed: KeyError: 'city'" };
  expect(toldFirst([tool, passed])).toEqual([`span:${"1".repeat(16)}`]);
});

test("an agent that fails of something else, after a tool of its own has, is a failure more", () => {
  const other = { ...agent, error: "Maximum iterations reached" };
  expect(toldFirst([tool, other])).toEqual([`span:${"1".repeat(16)}`, `span:${"2".repeat(16)}`]);
});
