import { answer, type Doing, request, toolResult, toolUseId } from "./conversation.ts";
import type { Random } from "./random.ts";

/** Asks for a tool and gets its answer. The sizes are those of a working day: most answers are short, a few are very long. */
export function useTool(doing: Doing): void {
  const kind = doing.random.pick(["read", "read", "bash", "bash", "bash", "edit", "grep", "image"]);
  if (kind === "edit") edit(doing);
  else if (kind === "image" && doing.random.chance(0.12)) lookAt(doing);
  else if (kind === "read") read(doing);
  else run(doing);
}

function ask(doing: Doing, name: string, input: object): string {
  const { random, texts } = doing;
  const id = toolUseId(random);
  const thinking = {
    type: "thinking",
    thinking: texts.prose(random.between(80, 900)),
    signature: random.hex(200),
  };
  const text = { type: "text", text: texts.prose(random.between(30, 400)) };
  const before = random.chance(0.25) ? [thinking, text] : random.chance(0.5) ? [text] : [];
  answer(doing, request(doing), [...before, { type: "tool_use", id, name, input }], "tool_use");
  return id;
}

function read(doing: Doing): void {
  const { random, texts } = doing;
  const path = `/home/ada/orders/src/${random.hex(6)}.ts`;
  const id = ask(doing, "Read", { file_path: path });
  const content = texts.code(lengthOf(random));
  toolResult(doing, id, content, {
    type: "text",
    file: { filePath: path, content, numLines: 300, startLine: 1, totalLines: 300 },
  });
}

function run(doing: Doing): void {
  const { random, texts } = doing;
  const id = ask(doing, "Bash", {
    command: `npm test -- ${random.hex(8)}`,
    description: texts.prose(40),
  });
  const stdout = texts.log(lengthOf(random));
  toolResult(doing, id, stdout, { stdout, stderr: "", interrupted: false, isImage: false });
}

/** Tells the whole file as it was. */
function edit(doing: Doing): void {
  const { random, texts } = doing;
  const filePath = `/home/ada/orders/src/${random.hex(6)}.ts`;
  const [oldString, newString] = [
    texts.code(random.between(60, 900)),
    texts.code(random.between(60, 900)),
  ];
  const input = { file_path: filePath, old_string: oldString, new_string: newString };
  const id = ask(doing, "Edit", input);
  toolResult(doing, id, `The file ${filePath} has been updated.`, {
    filePath,
    oldString,
    newString,
    originalFile: texts.code(random.between(2_000, 30_000)),
    structuredPatch: [{ oldStart: 1, oldLines: 7, newStart: 1, newLines: 9, lines: [oldString] }],
  });
}

function lookAt(doing: Doing): void {
  const { random, texts } = doing;
  const id = ask(doing, "Read", { file_path: `/home/ada/orders/shot-${random.hex(6)}.png` });
  const data = texts.image(random.between(60_000, 450_000));
  const source = { type: "base64", data, media_type: "image/png" };
  toolResult(doing, id, [{ type: "image", source }], {
    type: "image",
    file: { base64: data, type: "image/png", originalSize: data.length },
  });
}

const lengthOf = (random: Random): number =>
  Math.min(60_000, Math.floor(250 * Math.exp(random.next() * random.next() * 6.2)));
