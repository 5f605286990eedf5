// A program in whose place the optional package of MCP is not installed: says what it is told of that.
import { registerHooks } from "node:module";

registerHooks({
  resolve: (name, context, next) => {
    if (!name.startsWith("@modelcontextprotocol/")) return next(name, context);
    throw Object.assign(new Error(`Cannot find package '${name}'`), { code: "ERR_MODULE_NOT_FOUND" });
  },
});
const { mcpTools } = await import("tinytroupe");
const told = await mcpTools({ command: process.execPath }).catch(({ code, data, hint }) => ({ code, data, hint }));
process.stdout.write(JSON.stringify(told));
