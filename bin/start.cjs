"use strict";
require("node:module").enableCompileCache();
import("../dist/cli/bin.js");
