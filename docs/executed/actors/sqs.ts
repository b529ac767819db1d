import { Deliveries } from "./deliveries.ts";

class Command {
  readonly input: Readonly<Record<string, unknown>>;

  constructor(input: Readonly<Record<string, unknown>>) {
    this.input = input;
  }
}
export class SendMessageCommand extends Command {}
export class ReceiveMessageCommand extends Command {}
export class DeleteMessageCommand extends Command {}

export const QueueUrl = "http://127.0.0.1/tasks";

const waiting = new Deliveries<object>();
/** The client of AWS's SDK, which counts deliveries in texts, and only where it is asked to. */
export const sqs = {
  async send(command: Command): Promise<object> {
    const { MessageBody: Body, MessageSystemAttributeNames: names = [] } = command.input;
    const asked = Array.isArray(names) && names.includes("ApproximateReceiveCount");
    const Attributes = asked ? { ApproximateReceiveCount: "1" } : {};
    if (command instanceof SendMessageCommand) waiting.put({ Body, ReceiptHandle: "1" });
    if (!(command instanceof ReceiveMessageCommand)) return {};
    return { Messages: waiting.taken().map((message) => ({ ...message, Attributes })) };
  },
};
