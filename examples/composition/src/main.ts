import { createObserver, loadConfig } from "@spoor/core";
import { answer, type Question } from "./support-agent.ts";

const observer = createObserver(await loadConfig({ dir: import.meta.dirname }));

const questions = Array.from({ length: 40 }, (_, index): Question => {
  const customer = `customer-${index}@example.com`;
  const text = "Which plan am I on?";
  const isDown = index % 20 === 7;
  return isDown
    ? { customer, text }
    : { customer, text, account: { plan: "Basic", customerPin: `pin-of-${index}` } };
});

for (const [index, question] of questions.entries())
  await answer(observer, `support-${index}`, question).catch((error: unknown) => {
    console.error(`question ${index} has no answer: ${String(error)}`);
  });

await observer.close();
const { exporters } = observer.health();
for (const [name, { delivered, filtered, dropped, pending }] of Object.entries(exporters))
  console.error(
    `${name}: ${delivered} delivered, ${filtered} filtered, ${dropped} dropped, ${pending} pending`,
  );
