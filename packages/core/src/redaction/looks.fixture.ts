type Native = (this: unknown, ...given: never[]) => unknown;

/**
 * Counts how many characters of texts are looked at while something runs, without a clock: what is asked of a text counts as far as the answer
 * is away, and a pattern as far as it may have read. Loops have to go by `charCodeAt` to be seen.
 */
export function looksTaken(run: () => void): number {
  let looks = 0;
  const count = (characters: number): void => void (looks += Math.max(1, characters));
  const restore = [
    watch(String.prototype, "charCodeAt", () => count(1)),
    watch(String.prototype, "startsWith", (_text, [sought = ""]) => count(sought.length)),
    watch(String.prototype, "endsWith", (_text, [sought = ""]) => count(sought.length)),
    watch(String.prototype, "indexOf", (text, [, from = 0], found) =>
      count((Number(found) < 0 ? text.length : Number(found)) - Number(from)),
    ),
    watch(String.prototype, "lastIndexOf", (text, _given, found) =>
      count(text.length - Math.max(0, Number(found))),
    ),
    watch(String.prototype, "includes", (text, [sought = "", from = 0]) => {
      const at = indexOf.call(text, sought, Number(from));
      count((at < 0 ? text.length : at) - Number(from));
    }),
    watchPatterns(count),
  ];
  try {
    run();
  } finally {
    for (const each of restore) each();
  }
  return looks;
}

const indexOf = nativeOf(String.prototype, "indexOf") as (
  this: string,
  sought: string,
  from?: number,
) => number;
const exec = nativeOf(RegExp.prototype, "exec") as (
  this: RegExp,
  text: string,
) => RegExpExecArray | null;

function nativeOf(owner: object, name: string): Native {
  return Reflect.get(owner, name) as Native;
}

function watch(
  owner: object,
  name: string,
  see: (text: string, given: readonly string[], answer: unknown) => void,
): () => void {
  const before = nativeOf(owner, name);
  return replace(owner, name, function (this: unknown, ...given: never[]): unknown {
    const answer = before.apply(this, given);
    see(String(this), given, answer);
    return answer;
  });
}

function replace(owner: object, name: string, by: Native): () => void {
  const before = nativeOf(owner, name);
  Reflect.set(owner, name, by);
  return () => void Reflect.set(owner, name, before);
}

function watchPatterns(count: (characters: number) => void): () => void {
  return replace(RegExp.prototype, "exec", function (this: unknown, text: string): unknown {
    const pattern = this as RegExp;
    const from = pattern.sticky || pattern.global ? pattern.lastIndex : 0;
    const match = exec.call(pattern, text);
    if (match) count(match.index - from + match[0].length);
    else count(pattern.sticky ? reachOf(pattern, text, from) : text.length - from);
    return match;
  });
}

const token = /(\[(?:\\.|[^\]\\])+\]|\\.|[^\\])(\*|\+|\{\d+,\})?/g;
const runs = new Map<string, RegExp>();

/** How far a pattern that did not match may have read: over what it repeats without a bound. Bounds are small. */
function reachOf({ source }: RegExp, text: string, from: number): number {
  if (failsBefore(source, text, from)) return 0;
  let run = runs.get(source);
  if (!run) {
    const repeated: string[] = [];
    token.lastIndex = 0;
    for (let each = exec.call(token, source); each; each = exec.call(token, source))
      if (each[2] !== undefined) repeated.push(each[1] === ")" ? "[^]" : (each[1] ?? ""));
    run = new RegExp(repeated.length === 0 ? "" : `(?:${repeated.join("|")})*`, "y");
    runs.set(source, run);
  }
  run.lastIndex = from;
  return exec.call(run, text)?.[0].length ?? 0;
}

/** What has to stand before the place is asked first. */
function failsBefore(source: string, text: string, from: number): boolean {
  if (!source.startsWith("(?<=")) return false;
  for (let end = indexOf.call(source, ")"); end > 0; end = indexOf.call(source, ")", end + 1)) {
    const lead = patternOf(source.slice(0, end + 1));
    if (!lead) continue;
    lead.lastIndex = from;
    return exec.call(lead, text) === null;
  }
  return false;
}

function patternOf(source: string): RegExp | null {
  try {
    return new RegExp(source, "y");
  } catch {
    return null;
  }
}
