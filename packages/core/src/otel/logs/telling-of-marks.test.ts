import { expect, test } from "vitest";
import * as say from "../../testing-kit/drafts.ts";
import { sentLogs } from "./sent-logs.fixture.ts";

test.each([
  ["langgraph", "session of langgraph started"],
  ["none", "session started"],
])("a session of the framework %s is told in words: %s", async (framework, words) => {
  const [record] = await sentLogs([say.sessionStarted({ framework })]);
  expect(record?.body).toEqual({ stringValue: words });
});

test("what was cut in the middle of a character is text that every reader takes", async () => {
  const half = "🎉".slice(0, 1);
  const sent = await sentLogs(
    [
      say.turn("turn"),
      {
        session: say.session,
        source: "api",
        on: "turn",
        mark: "line",
        type: "log.written",
        level: "warn",
        content: half,
        native: { half },
      },
      say.ended("turn", "turn", { outcome: { status: "cancelled" }, detail: { half } }),
    ],
    { options: { content: "full" } },
  );
  expect(sent.map(({ body, attributes }) => [body, attributes])).toMatchObject([
    [{}, {}],
    [{ stringValue: "\uFFFD" }, { "spoor.native": '{"half":"\uFFFD"}' }],
    [{}, { "spoor.detail": '{"half":"\uFFFD"}' }],
  ]);
});
