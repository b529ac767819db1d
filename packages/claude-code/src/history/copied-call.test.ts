import { expect, test } from "vitest";
import { withCaller } from "./copied-call.ts";

const line = { type: "assistant", sessionId: "fork", message: { id: "msg_1" } };
const knows = (session: string | null) => (): string | null => session;

test("a call that is known of another session was made there", () => {
  expect(withCaller(line, (call) => `left by ${call}`)).toEqual({
    ...line,
    requestSessionId: "left by msg_1",
  });
});

test("a line that says itself who made the call is believed", () => {
  const telling = { ...line, requestSessionId: "fork" };
  expect(withCaller(telling, knows("left"))).toBe(telling);
});

test.each([
  ["a call that nobody knows", line, null],
  ["a call of the session itself", line, "fork"],
  ["a call without a name", { ...line, message: {} }, "left"],
  ["what the user says", { ...line, type: "user" }, "left"],
])("%s is left as it is", (_, native, session) => {
  expect(withCaller(native, knows(session))).toBe(native);
});
