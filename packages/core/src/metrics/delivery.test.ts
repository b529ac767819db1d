import { expect, test } from "vitest";
import { createObserver } from "../observer/observer.ts";
import type { SpanCost } from "../report/cost-report.ts";
import { statedUsd } from "../report/usd.ts";
import type { Span } from "../run-tree/span.ts";
import { otelMetrics } from "./otel-metrics.ts";
import { prometheus } from "./prometheus/prometheus.ts";

const cost = ({ kind }: Span): SpanCost => ({
  usd: kind === "model" ? statedUsd(0.5) : null,
  unpriced: 0,
});
const secret = "what ada said in confidence";

/** A conversation of two turns, in which a tool fails, delivered both ways: what is scraped after it, and what was sent. */
async function told(): Promise<{ readonly scraped: string; readonly sent: readonly string[] }> {
  let now = Date.UTC(2026, 0, 1);
  let keys = 0;
  const clock = (): number => (now += 10);
  const sent: string[] = [];
  const scrape = prometheus({ port: 0, environment: {}, since: 0, cost });
  const collector = otelMetrics({
    environment: {},
    protocol: "http/json",
    compression: "none",
    since: 0,
    cost,
    fetch: async (_, request) => {
      sent.push(String(Buffer.from(request?.body as Uint8Array)));
      return new Response();
    },
  });
  const observer = createObserver({
    journal: "memory",
    exporters: [scrape, collector],
    clock,
    newKey: () => String((keys += 1)),
  });
  const session = observer.session({ id: "of ada", userId: "ada@example.com", feature: "help" });
  for (const name of ["ask", "ask again"])
    await session.turn({ name, agent: "clerk", input: secret }, async (turn) => {
      await turn.model("large", { context: { messages: [secret] } }, async (call) => {
        call.usage({ input: 10, cacheRead: 0, cacheWrite: 0, output: 5, reasoning: 0 });
        call.answered({ finishReason: "stop" });
      });
      const failing = turn.tool("search", { input: secret }, () =>
        Promise.reject(new TypeError(secret)),
      );
      await failing.catch(() => null);
    });
  const reports = await observer.flush();
  expect(Object.values(reports).map(({ delivered, pending }) => [delivered, pending])).toEqual([
    [6, 0],
    [6, 0],
  ]);
  const scraped = await (await fetch(await scrape.listening())).text();
  await observer.close();
  return { scraped, sent };
}

test("what an application records is measured both ways, and nothing that was said in it goes out", async () => {
  const { scraped, sent } = await told();
  const lines = scraped.split("\n");
  const clerk = 'gen_ai_agent_name="clerk",spoor_feature="help"';
  expect(lines).toContain(
    `spoor_tool_calls_total{spoor_status="error",gen_ai_tool_name="search",error_type="TypeError",${clerk}} 2`,
  );
  expect(lines).toContain(`spoor_turn_tokens_sum{gen_ai_token_type="input",${clerk}} 20`);
  expect(lines).toContain(`gen_ai_invoke_agent_tool_calls_count{${clerk}} 2`);
  expect(lines).toContain('spoor_session_dearest_usd{spoor_feature="help"} 1');
  expect(sent.length).toBeGreaterThan(0);
  for (const text of [scraped, ...sent]) expect(text).not.toMatch(/ada|confidence/);
});
