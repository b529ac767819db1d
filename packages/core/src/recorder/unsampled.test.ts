import { expect, test } from "vitest";
import { continueCarrier } from "../carriers/continue-carrier.ts";
import * as say from "../testing-kit/drafts.ts";
import { steadyJournal } from "../testing-kit/journals.ts";
import { record } from "../testing-kit/recording.ts";
import type { Carrier } from "../vocabulary/carrier.ts";
import type { EventDraft } from "../vocabulary/event.ts";

const traceId = "0af7651916cd43dd8448eb211c80319c";
const joined = (flags: string): Carrier => ({
  traceparent: `00-${traceId}-b7ad6b7169203331-${flags}`,
});
const asks: EventDraft = {
  type: "interrupt.raised",
  session: say.session,
  source: "stream",
  on: "asks",
  mark: "1",
};

test.each(["00", "01"])(
  "what a turn sends along has the flags %s that its trace came with, in the process that goes on with it, too",
  (flags) => {
    const journal = steadyJournal();
    const first = record([], { journal }).recorder;
    first.emit(say.turn("asks", { parent: joined(flags) }));
    const tool = first.emit(say.tool("tool", "asks"));
    first.emit(asks);
    const next = record([], { journal }).recorder;
    next.emit(say.turn("goes on", { resumes: true }));
    const later = next.emit(say.tool("later", "goes on"));
    for (const context of [tool, later])
      expect(continueCarrier(null, context)?.traceparent).toBe(
        `00-${traceId}-${context?.spanId}-${flags}`,
      );
  },
);

test("a turn in a trace of its own sends along that it is sampled", () => {
  const { recorder } = record([]);
  const context = recorder.emit(say.turn("own"));
  expect(continueCarrier(null, context)?.traceparent).toMatch(/-01$/);
});
