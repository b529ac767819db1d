import { otelLogs } from "../otel/logs/otel-logs.ts";
import { otel } from "../otel/otel.ts";
import { createObserver } from "./observer.ts";

/** Records a turn that goes on, one tool that ended and one that runs, to a folder and a collector; says so, and never ends by itself. */
const [dir = "", url = ""] = process.argv.slice(2);
const protocol = "http/json";
let now = Date.UTC(2026, 0, 1);
const observer = createObserver({
  journal: { dir },
  clock: () => (now += 1_000),
  exporters: [
    otel({ url: `${url}/v1/traces`, protocol }),
    otelLogs({ url: `${url}/v1/logs`, protocol }),
  ],
});
const turn = observer.session({ id: "thread 1" }).turn({ key: "turn", name: "answer" });
turn.tool("search", { key: "ended" }).end();
turn.tool("buy", { key: "running" });
setInterval(() => {}, 1_000);
process.stdout.write("recorded\n");
