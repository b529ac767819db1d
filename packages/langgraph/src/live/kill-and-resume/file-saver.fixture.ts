import type { RunnableConfig } from "@langchain/core/runnables";
import { MemorySaver } from "@langchain/langgraph";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { deserialize, serialize } from "node:v8";

/** LangGraph's saver in memory, with a file behind it: another process goes on where one was killed, and nothing has to be compiled. */
export class FileSaver extends MemorySaver {
  readonly #path: string;

  constructor(path: string) {
    super();
    this.#path = path;
    if (existsSync(path)) Object.assign(this, deserialize(readFileSync(path)));
  }

  override async put(...given: Parameters<MemorySaver["put"]>): Promise<RunnableConfig> {
    const config = await super.put(...given);
    this.#save();
    return config;
  }

  override async putWrites(...given: Parameters<MemorySaver["putWrites"]>): Promise<void> {
    await super.putWrites(...given);
    this.#save();
  }

  #save(): void {
    const { storage, writes } = this;
    writeFileSync(`${this.#path}.new`, serialize({ storage, writes }));
    renameSync(`${this.#path}.new`, this.#path);
  }
}
