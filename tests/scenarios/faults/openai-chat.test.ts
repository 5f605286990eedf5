import { dialects } from "../../support/served.ts";
import { goesThroughEachFault } from "./each-fault.ts";

goesThroughEachFault(dialects[0], "each share");
