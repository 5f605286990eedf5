import { dialects } from "../../support/served.ts";
import { goesThroughEachFault } from "./each-fault.ts";

goesThroughEachFault(dialects[3], "the largest share");
