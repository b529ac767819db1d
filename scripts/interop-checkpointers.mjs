import "../interop/checkpointers/run.mjs";
