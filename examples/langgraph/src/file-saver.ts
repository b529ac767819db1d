import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { deserialize, serialize } from "node:v8";
import { MemorySaver } from "@langchain/langgraph-checkpoint";

/** LangGraph's own saver in memory, kept in a file as well, so that another process can go on. For examples: it writes the whole file each time. */
export class FileSaver extends MemorySaver {
  readonly #path: string;

  constructor(path: string) {
    super();
    this.#path = path;
    if (existsSync(path)) Object.assign(this, deserialize(readFileSync(path)));
  }

  override async put(...given: Parameters<MemorySaver["put"]>): ReturnType<MemorySaver["put"]> {
    const config = await super.put(...given);
    this.#keep();
    return config;
  }

  override async putWrites(...given: Parameters<MemorySaver["putWrites"]>): Promise<void> {
    await super.putWrites(...given);
    this.#keep();
  }

  #keep(): void {
    const { storage, writes } = this;
    writeFileSync(`${this.#path}.new`, serialize({ storage, writes }));
    renameSync(`${this.#path}.new`, this.#path);
  }
}
