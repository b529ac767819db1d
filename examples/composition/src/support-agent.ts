import type { Observer } from "@spoor/core";

export interface Question {
  readonly customer: string;
  readonly text: string;
  /** What the customer's system answers with; absent: it is down. */
  readonly account?: { readonly plan: string; readonly customerPin: string };
}

const usage = { input: 120, cacheRead: 0, cacheWrite: 0, output: 18, reasoning: null };

/** Looks a customer up, then answers. A lookup that fails ends the turn, as it would without a recorder. */
export async function answer(
  observer: Observer,
  session: string,
  question: Question,
): Promise<string> {
  const { customer, text, account } = question;
  return observer.session({ id: session }).turn({ input: { customer, text } }, async (turn) => {
    const found = await turn.tool("look_up_customer", { input: { customer } }, async () => {
      if (!account) throw new Error(`the customer database does not answer for ${customer}`);
      return account;
    });
    const messages = [{ role: "user", content: `${text} (${customer}, plan ${found.plan})` }];
    return turn.model("scripted-1", { context: { messages } }, async (call) => {
      call.usage(usage);
      return `${customer} is on the plan ${found.plan}.`;
    });
  });
}
