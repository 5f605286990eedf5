import type { z } from "zod";
import type { LlamaContext, LlamaModel, Runtime } from "../runtime.ts";
import type { Chat } from "./chat.ts";
import type { Pool } from "./pool.ts";

export type Grammar = Awaited<ReturnType<Runtime["llama"]["createGrammar"]>>;

/** How a model writes where a request does not say. */
export interface Manner {
  readonly temperature: number;
  readonly maxOutputTokens: number;
}

/** All that a call needs of an open model. */
export interface Engine {
  readonly id: string;
  readonly runtime: Runtime;
  readonly model: LlamaModel;
  readonly context: LlamaContext;
  readonly chat: Chat;
  readonly pool: Pool;
  readonly manner: Manner;
  grammarOf(schema: z.ZodType): Promise<Grammar>;
}
