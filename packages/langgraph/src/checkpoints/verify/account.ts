import type {
  CheckpointFinding,
  CheckpointFindingCode,
  CheckpointPlace,
  CheckpointUnchecked,
  CheckpointUncheckedCode,
} from "./verification.ts";

interface Detail {
  readonly channel?: string;
  readonly task?: string;
}

/** What was found and what could not be checked, in the order in which it was. */
export class Account {
  readonly findings: CheckpointFinding[] = [];
  readonly unchecked: CheckpointUnchecked[] = [];

  find(
    code: CheckpointFindingCode,
    { namespace, checkpoint }: CheckpointPlace,
    message: string,
    { channel = null, task = null }: Partial<Record<keyof Detail, string | null>> = {},
  ): void {
    this.findings.push({ code, namespace, checkpoint, channel, task, message });
  }

  leave(
    code: CheckpointUncheckedCode,
    { namespace, checkpoint }: CheckpointPlace,
    message: string,
  ): void {
    this.unchecked.push({ code, namespace, checkpoint, message });
  }
}

export const ofThread: CheckpointPlace = { namespace: null, checkpoint: null };
