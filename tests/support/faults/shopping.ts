// A study whose Lisa shops at a real MCP server, which leaves a line in the file `trace` for each call. What the file
// `kill` says happens once: `in the shop` kills the process in the middle of a call, `told` after all was told.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineStudy, mcpTools, offlineSearch, toolUse, webSearch } from "tinytroupe";

const program = fileURLToPath(new URL("../mcp/stdio.ts", import.meta.url));

export default defineStudy({
  name: "shopping",
  run: async (simulation) => {
    const shop = await mcpTools({ command: process.execPath, args: [program, "trace", "kill"] }, { policy: "allow" });
    const search = webSearch({ engine: offlineSearch({ folders: ["shelf"] }) });
    const lisa = await simulation.person("lisa", { faculties: [toolUse([shop, search])] });
    const { outcomes = [] } = await lisa.listenAndAct("Buy bread, please.");
    if (existsSync("kill") && readFileSync("kill", "utf8") === "told") {
      rmSync("kill");
      process.kill(process.pid, "SIGKILL");
    }
    await lisa.listenAndAct("What came of it?");
    return outcomes.map(({ type, how, outcome }) => ({ type, how, text: outcome.text }));
  },
});
