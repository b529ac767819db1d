import { expect, test } from "vitest";
import { lineKind } from "./line-kind.ts";

test.each([
  [{ type: "user", parentUuid: null, sessionId: "s" }, "transcript"],
  [{ type: "queue-operation", operation: "enqueue", sessionId: "s" }, "transcript"],
  [{ type: "summary", summary: "what it was about", leafUuid: "u" }, "transcript"],
  [{ type: "user", session_id: "s", uuid: "u" }, "stream"],
  [{ type: "keep_alive" }, null],
  [{ sessionId: "s" }, null],
  ["user", null],
  [null, null],
])("%j is told apart by its fields", (line, kind) => {
  expect(lineKind(line)).toBe(kind);
});
