import { secretKey } from "../../support/served.ts";
import { goesThroughEachFault } from "./each-fault.ts";

goesThroughEachFault(
  ["google/gemini-2.5-flash", "generateContent", (url) => ({ GEMINI_API_KEY: secretKey, GEMINI_BASE_URL: url })],
  "the largest share",
);
