import type { z } from "zod";
import type { Sampling } from "../options.ts";
import type { LlamaContext, LlamaModel, Runtime } from "../runtime.ts";
import type { Pool } from "../sequences/pool.ts";
import type { Chat } from "./chat.ts";

export type Grammar = Awaited<ReturnType<Runtime["llama"]["createGrammar"]>>;

/** A schema's grammar, ready for use. */
export interface Answering {
  readonly grammar: Grammar;
  /** The model writes prose, which is the text of this one property. */
  readonly proseKey?: string;
}

/** All that a call needs of an open model. */
export interface Engine {
  readonly id: string;
  readonly runtime: Runtime;
  readonly model: LlamaModel;
  readonly context: LlamaContext;
  readonly chat: Chat;
  readonly pool: Pool;
  /** Prompts are evaluated and reused in whole blocks of so many tokens. */
  readonly block: number;
  readonly sampling: Sampling;
  /** Where a request does not say. */
  readonly maxOutputTokens: number;
  answering(schema: z.ZodType): Promise<Answering>;
}
