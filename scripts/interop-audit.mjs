import "../interop/audit/run.mjs";
