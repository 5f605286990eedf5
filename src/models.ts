// The door to models: the contract, how one is opened, and what stands around a call.
export type { Embedder, EmbedOptions } from "./kernel/contracts/embedder.ts";
export type {
  ChoiceReply,
  ChoiceRequest,
  Delta,
  Layer,
  Message,
  Model,
  ModelLimits,
  ModelReply,
  ModelRequest,
  Part,
  Purpose,
  Rehearsal,
  Usage,
} from "./kernel/contracts/model.ts";
export { createBuiltin } from "./model/builtin/builtin.ts";
export type { BuiltinOptions } from "./model/builtin/stand-in.ts";
export { priceOf } from "./model/catalogue/price-of.ts";
export {
  chooseModel,
  findOllama,
  type ModelProbes,
  type ModelQuestion,
  type OllamaFound,
  type ProbeOptions,
  probesOf,
  usualModels,
} from "./model/default.ts";
export { nanoUsd, type Price } from "./model/flow/money/price.ts";
export { type StackOptions, stack } from "./model/flow/stack.ts";
export { wrap } from "./model/flow/wrap.ts";
export { hasPackage, listProviders, listProxies, type ProviderFound } from "./model/inventory.ts";
export type { WeightsOptions } from "./model/local/options.ts";
export { fetchWeights } from "./model/local/weights/fetch.ts";
export {
  listModels,
  type ModelListing,
  modelCacheFolder,
  modelPath,
  removeModel,
} from "./model/local/weights/folder.ts";
export {
  type EmbedderSpec,
  type ModelSpec,
  type OpenEmbedderOptions,
  type OpenModelOptions,
  openEmbedder,
  openModel,
} from "./model/open.ts";
export { withReask } from "./model/structured/reask.ts";
export { type StrictSchema, type StrictSchemaOptions, strictSchema } from "./model/structured/strict-schema.ts";
