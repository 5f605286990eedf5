"use strict";
import("../dist/cli/bin.js");
