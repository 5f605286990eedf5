// The shop as a program: argv are the file for its trace, and its ways.
import { StdioServerTransport } from "@modelcontextprotocol/server/stdio";
import { shop } from "./shop.ts";

const [trace = "", ...ways] = process.argv.slice(2);
if (ways.includes("no-start")) {
  process.stderr.write(`no licence for ${process.env["SHOP_KEY"]}\n`);
  process.exit(1);
}
if (!ways.includes("silent")) await shop(trace, ways).connect(new StdioServerTransport());
else process.stdin.resume();
