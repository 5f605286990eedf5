/** What a fetch, a check or a load has done so far, in bytes (a load: in thousandths). */
export interface Progress {
  readonly model: string;
  readonly phase: "fetch" | "check" | "load";
  readonly done: number;
  /** Undefined where the other side does not say. */
  readonly total?: number;
  readonly from?: string;
}

/** What is about to be fetched: shown to the user before anything moves. */
export interface WeightsOffer {
  readonly name: string;
  readonly title: string;
  /** Size in bytes; as the hub lists it where `exact` is false. */
  readonly bytes: number;
  readonly exact: boolean;
  readonly licence: string;
  /** Where it comes from, in the order tried. */
  readonly from: readonly string[];
  /** Where it will lie. */
  readonly path: string;
}

/** Where weights are kept and had from. */
export interface WeightsOptions {
  /** The user's cache folder for weights: see `modelCacheFolder`. */
  readonly cacheFolder: string;
  /** Base address of the model hub. @default "https://huggingface.co" */
  readonly hub?: string;
  /** The command that is pip, as program and arguments; the usual ones are tried when absent. */
  readonly pip?: readonly string[];
  readonly signal?: AbortSignal;
  onProgress?(progress: Progress): void;
}

/** How the next token is drawn where a request does not say; the defaults are what `scripts/local-persona.ts` found best. */
export interface Sampling {
  readonly temperature: number;
  /** Tokens less likely than this share of the likeliest are never drawn. */
  readonly minP: number;
  readonly topP: number;
  readonly topK: number;
  /** Divides the weight of tokens that the answer has used already; 1 is none. */
  readonly repeatPenalty: number;
  /** Strength of the penalty on going on with a phrase that the answer has had already; 0 is none. */
  readonly phrasePenalty: number;
}

/** How a local model is opened. */
export interface LocalOptions extends WeightsOptions {
  /** How many contexts are kept in memory, each of a conversation that goes on at once; others wait on the disk. @default 2 */
  readonly sequences?: number;
  /** Threads of the processor. @default one for models under 500M parameters, else as many as the engine finds best */
  readonly threads?: number;
  /** Tokens of one context, prompt and answer. @default what the model bears, at most 8192 */
  readonly contextTokens?: number;
  /** `auto` takes a graphics card where there is one. @default "auto" */
  readonly gpu?: "auto" | false;
  /**
   * The same seed gives the same answer on this machine, whatever else is asked before or at the same time.
   * `false` evaluates simultaneous calls together, which is faster where there are many. @default true
   */
  readonly repeatable?: boolean;
  readonly sampling?: Partial<Sampling>;
  /** Asked before weights are fetched; without it nothing is fetched. */
  confirm?(offer: WeightsOffer): Promise<boolean>;
}
