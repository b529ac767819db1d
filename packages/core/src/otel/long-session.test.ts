import { expect, test } from "vitest";
import { start } from "../testing-kit/delivering.ts";
import * as say from "../testing-kit/drafts.ts";
import { otel } from "./otel.ts";

const calls = 200;
const kilobytes = 4;

test.each(["delta", "auto"] as const)(
  "with `%s`, requests hold as many calls as what is said of them leaves room for, however much they were sent",
  async (contextMode) => {
    let requests = 0;
    const exporter = otel({
      contextMode,
      content: "full",
      environment: {},
      fetch: () => {
        requests += 1;
        return Promise.resolve(new Response());
      },
    });
    const { delivery, say: tell } = start([exporter]);
    const messages = Array.from({ length: calls }, (_, index) => ({
      role: "user",
      content: `${index}`.padEnd(kilobytes * 1_024, "x"),
    }));
    tell(
      say.turn("turn"),
      ...messages.flatMap((_, index) => [
        say.model(`call ${index}`, "turn", { context: { messages: messages.slice(0, index + 1) } }),
        say.ended("model", `call ${index}`),
      ]),
      say.ended("turn", "turn"),
    );
    const reports = await delivery.flush(20_000);
    expect(reports["otel"]).toMatchObject({ delivered: calls + 1, pending: 0 });
    expect(requests).toBeLessThan(10);
  },
);
