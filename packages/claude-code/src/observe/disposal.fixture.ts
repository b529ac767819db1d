import process from "node:process";
import { FakeQuery } from "./fake-query.fixture.ts";
import { observe } from "./observe.ts";

/** Run by Node as it is: what the language itself does at the end of a block, no transpiler's stand-in for it. Prints what the query was asked. */
const query = new FakeQuery([{ type: "keep_alive" }]);
{
  await using watched = observe(query, { emit: () => null });
  await watched.next();
}
process.stdout.write(JSON.stringify(query.asked));
