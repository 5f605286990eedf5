export { type Displayed, display } from "./display.ts";
