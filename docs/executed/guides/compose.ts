import process from "node:process";

process.env["LANGFUSE_PUBLIC_KEY"] = "pk-lf-1234567890";
process.env["LANGFUSE_SECRET_KEY"] = "sk-lf-1234567890";
