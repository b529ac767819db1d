import { otel } from "../otel/index.ts";
import { createObserver } from "./observer.ts";

/** Records ten calls to a folder and a collector, says so, and ends as it is told: "idle", or never by itself. */
const [dir = "", url = "", how = "never"] = process.argv.slice(2);
const observer = createObserver({
  journal: { dir },
  exporters: [otel({ url, protocol: "http/json" })],
});
const turn = observer.session({ id: "thread 1" }).turn({ name: "turn" });
for (let call = 0; call < 10; call += 1) turn.tool(`tool ${call}`).end();
if (how === "listens") process.on("SIGTERM", () => setInterval(leaveOnceDelivered, 10));
if (how !== "idle") setInterval(() => {}, 1_000);
process.stdout.write("recorded\n");

function leaveOnceDelivered(): void {
  const reports = Object.values(observer.health().exporters);
  if (reports.every(({ delivered }) => delivered >= 10)) process.exit(7);
}
