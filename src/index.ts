export type * from "./kernel/contracts/context.ts";
