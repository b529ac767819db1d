import { describe, expect, test } from "vitest";
import { textLineOf, type Traceback, Tracebacks } from "./texts.ts";

function tracebacksIn(...texts: readonly string[]): readonly Traceback[] {
  const tracebacks = new Tracebacks();
  return texts.flatMap((text) => {
    const line = textLineOf(text);
    return (line && tracebacks.read(line)) ?? [];
  });
}

const header = "2026-11-21 09:12:35,954 ERROR autogen_core: Error processing publish message";
const trace = ["Traceback (most recent call last):", '  File "a.py", line 1, in b', "    c()"];

describe("a traceback in a log", () => {
  test("is one thing with the line before it, whole with its last line", () => {
    const text = [header, ...trace, "ValueError: no"];
    expect(tracebacksIn(...text.slice(0, -1))).toEqual([]);
    expect(tracebacksIn(...text)).toEqual([{ level: "error", text: text.join("\n") }]);
  });

  test("may be at the beginning, where nothing says how bad it is", () => {
    expect(tracebacksIn(...trace, "ValueError: no")).toMatchObject([{ level: "error" }]);
  });

  test("is over where the log goes on", () => {
    expect(tracebacksIn(header, ...trace, header, "ValueError: no")).toEqual([]);
  });

  test("of somebody who could not handle the word of another's failure says nothing", () => {
    const bystander = "ValueError: Unhandled message in agent container: <class 'GroupChatError'>";
    expect(tracebacksIn(header, ...trace, bystander)).toEqual([]);
  });
});

test.each(["", "  ", '{"type": "LLMC', 'INFO:autogen_core.events:{"type": "LLMC'])(
  "%j is no text between events",
  (text) => {
    expect(textLineOf(text)).toBeNull();
  },
);
