/** A line of a log that is no JSON: of another logger, or of a traceback. */
export interface TextLine {
  readonly kind: "text";
  readonly text: string;
}

const json = /^\s*[{[]|autogen_core\.events:\s*\{/;

/** What is no event, not even a torn one. */
export function textLineOf(text: string): TextLine | null {
  return text.trim() === "" || json.test(text) ? null : { kind: "text", text };
}

/** A traceback, with the line of the log that it came with. */
export interface Traceback {
  readonly level: string;
  readonly text: string;
}

const record = /^(?:\d\S* [\d:.,]+ )?(DEBUG|INFO|WARNING|ERROR|CRITICAL)[ :]+[\w.]+:/;
const begin = /^\s*(?:\+ Exception Group )?Traceback \(most recent call last\):/;
const mostLines = 1_000;

/** Who is no part in the failure of another, and does not know what to do with the word of it, says so as if it had failed. */
const ofBystander = "Unhandled message in agent container";

/** The lines of a traceback are one thing: it is whole with the line that names the exception, the first that is not indented. */
export class Tracebacks {
  #header: { readonly level: string; readonly text: string } | null = null;
  /** Null: outside of any. */
  #lines: string[] | null = null;

  read({ text }: TextLine): Traceback | null {
    const [, level] = record.exec(text) ?? [];
    if (level !== undefined) {
      this.#header = { level: level.toLowerCase(), text };
      this.#lines = null;
    } else if (this.#lines === null) {
      if (begin.test(text)) this.#lines = [text];
    } else {
      if (this.#lines.length < mostLines) this.#lines.push(text);
      if (!/^\s/.test(text)) {
        const traceback = this.#ended(this.#lines);
        return text.includes(ofBystander) ? null : traceback;
      }
    }
    return null;
  }

  #ended(lines: readonly string[]): Traceback {
    this.#lines = null;
    const { level = "error", text } = this.#header ?? {};
    return { level, text: [...(text === undefined ? [] : [text]), ...lines].join("\n") };
  }
}
