// The part of the front door that is about populations; `src/index.ts` passes it on.
export type { Draw, SamplingMethod } from "./population/draw.ts";
export type { NameStock, NameStocks } from "./population/generation/names/stock.ts";
export type {
  FailedPerson,
  GeneratedPerson,
  GeneratePeopleOptions,
  PersonResult,
} from "./population/generation/people.ts";
export type { Depth } from "./population/generation/schema.ts";
export {
  type ProposedSpecification,
  type ProposeOptions,
  proposeSpecification,
} from "./population/proposal/propose.ts";
export {
  listPackagedSpecifications,
  loadSpecification,
  saveSpecification,
} from "./population/specification/files.ts";
export { parseSpecification, type SpecificationOrigin } from "./population/specification/parse.ts";
export type { Dimension, Level, Specification, Where } from "./population/specification/schema.ts";
export { unverifiedIn } from "./population/specification/sourced.ts";
