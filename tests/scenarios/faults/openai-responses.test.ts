import { dialects } from "../../support/served.ts";
import { goesThroughEachFault } from "./each-fault.ts";

goesThroughEachFault(dialects[1], "the largest share");
