import { dialects } from "../../support/served.ts";
import { goesThroughEachFault } from "./each-fault.ts";

goesThroughEachFault(dialects[2], "the largest share");
