import type {
  Evidence,
  Finding,
  FindingCode,
  Remark,
  RemarkCode,
  UncheckedCode,
} from "./verification.ts";

/** One kind of damage can be everywhere: a few of it show where, the rest is counted. */
const mostOfAKind = 20;

/** Collects what is to be told, in the order in which it was found. */
export class Findings {
  readonly findings: Finding[] = [];
  readonly said: Remark<RemarkCode>[] = [];
  readonly unchecked: Remark<UncheckedCode>[] = [];
  readonly #counts: Map<string, number> = new Map();
  #unlisted = 0;

  get unlisted(): number {
    return this.#unlisted;
  }

  find(code: FindingCode, evidence: Partial<Evidence>, message: string): void {
    const kind = `${evidence.lane ?? ""} ${code}`;
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    if (count > mostOfAKind) this.#unlisted += 1;
    else {
      const { lane = null, segment = null, file = null, line = null } = evidence;
      this.findings.push({ code, lane, segment, file, line, message });
    }
  }

  /** What was found apart goes on here. */
  take({ findings, said, unchecked, unlisted }: Findings): void {
    for (const { code, message, ...evidence } of findings) this.find(code, evidence, message);
    this.said.push(...said);
    this.unchecked.push(...unchecked);
    this.#unlisted += unlisted;
  }

  say(code: RemarkCode, lane: string | null, message: string): void {
    this.said.push({ code, lane, message });
  }

  leave(code: UncheckedCode, lane: string | null, message: string): void {
    this.unchecked.push({ code, lane, message });
  }
}
