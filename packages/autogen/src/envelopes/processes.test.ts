import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  contentReader,
  createObserver,
  createRunTree,
  journalReader,
  sessionReport,
  type TurnReport,
} from "@spoor/core";
import { parseEventLine } from "@spoor/core/schema";
import { expect, onTestFinished, test } from "vitest";
import { observeEnvelopes } from "./observe-envelopes.ts";

const program = new URL("worker.program.fixture.ts", import.meta.url);

async function startWorker(dir: string, behaviour: "works" | "hangs"): Promise<ChildProcess> {
  const worker = fork(program, [dir, behaviour], { execArgv: ["--conditions=@spoor/source"] });
  onTestFinished(() => void worker.kill("SIGKILL"));
  await once(worker, "message");
  return worker;
}

function turnsIn(dir: string, session: string): readonly TurnReport[] {
  const reader = journalReader(dir);
  const [tree, content] = [createRunTree(), contentReader(reader)];
  for (const { line } of reader.entries()) {
    const parsed = parseEventLine(line);
    if (!parsed.ok) throw new Error(`cannot read ${line}`);
    tree.apply(parsed.event);
    content.apply(parsed.event);
  }
  const view = tree.session(session);
  return view ? sessionReport(view, content).turns : [];
}

test("a message that is brought again after its worker was killed is one turn of three processes", async () => {
  const dir = mkdtempSync(join(tmpdir(), "spoor-actors-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const observer = createObserver({ journal: { dir }, flushOnExit: false });
  const envelopes = observeEnvelopes(observer);
  const task = { messageId: "task", conversationId: "c", messageType: "Task" };

  const answer = await envelopes.request(task, async (envelope) => {
    const killed = await startWorker(dir, "hangs");
    killed.send(envelope);
    await once(killed, "message");
    killed.kill("SIGKILL");
    await once(killed, "exit");
    const worker = await startWorker(dir, "works");
    worker.send({ ...envelope, deliveryAttempt: 2 });
    const [message]: readonly unknown[] = await once(worker, "message");
    worker.disconnect();
    await once(worker, "exit");
    return message;
  });
  await observer.close();

  expect(answer).toMatchObject({ payload: "done", correlationId: "task", causationId: "task" });
  const [turn, ...others] = turnsIn(dir, "c");
  expect(others).toEqual([]);
  const [root, ...handlings] = turn?.spans ?? [];
  expect(root).toMatchObject({ kind: "turn", name: "Task", status: "ok" });
  const place = { kind: "agent", parentSpanId: root?.spanId, causedBy: root?.spanId };
  expect(handlings).toMatchObject([
    { ...place, attempt: null, status: "open" },
    { ...place, attempt: 2, status: "ok" },
  ]);
  expect(turn?.marks.map(({ type }) => type)).toEqual(
    expect.arrayContaining(["message.sent", "message.received"]),
  );
});
