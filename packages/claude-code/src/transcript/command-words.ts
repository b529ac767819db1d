import { textOf } from "../narrow.ts";

/*
 * How the program writes down a command that the user gave, and what it printed: between tags, as words of the user.
 */

const name = /<command-name>\s*(\/?[^<]*?)\s*<\/command-name>/;
const args = /<command-args>\s*([\s\S]*?)\s*<\/command-args>/;

/** The command as the user gave it, whether the program answers it itself or makes a prompt of it. Undefined: these are other words. */
export function commandIn(words = ""): string | undefined {
  if (!words.startsWith("<command-")) return undefined;
  const command = textOf(name.exec(words)?.[1]);
  return command === undefined ? undefined : [command, args.exec(words)?.[1]].join(" ").trimEnd();
}

const output = /^<local-command-(stdout|stderr)>([\s\S]*?)(?:<\/local-command-\1>\s*)?$/;

/** What a command printed. Undefined: these are other words. */
export const outputIn = (words: string): string | undefined => output.exec(words)?.[2]?.trim();
