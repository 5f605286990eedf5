#!/usr/bin/env node
// Plain enough for any Node: says which one is needed before anything newer is parsed.
"use strict";
var version = process.versions.node;
var have = version.split(".").map(Number);
if (have[0] < 22 || (have[0] === 22 && have[1] < 18)) {
  console.error("tinytroupe needs Node.js 22.18 or newer; this is %s. Get it from https://nodejs.org", version);
  process.exit(1);
} else {
  require("./start.cjs");
}
