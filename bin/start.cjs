"use strict";
require("node:module").enableCompileCache();
import("../dist/cli/bin.js").catch((error) => {
  if (error.code !== "ERR_MODULE_NOT_FOUND" || !String(error.message).includes("bin.js")) throw error;
  console.error("tinytroupe is not built here: run `npm run build`, or `npm run tinytroupe -- …` from the sources.");
  process.exit(1);
});
