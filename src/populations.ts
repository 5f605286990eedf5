// The part of the front door that is about populations; `src/index.ts` passes it on.

export {
  type Archetype,
  type ArchetypeError,
  type ArchetypeOptions,
  type Archetypes,
  archetypesOf,
} from "./population/archetypes/archetypes.ts";
export { type Individual, individualsOf, type WrittenArchetype } from "./population/archetypes/individuals.ts";
export { type Draw, type SamplingMethod, samplingMethods } from "./population/draw.ts";
export { loadDraws } from "./population/draws.ts";
export { type DeletedPerson, deletePerson } from "./population/folder/delete.ts";
export {
  loadPopulation,
  type Population,
  type PopulationPerson,
  type PopulationSubset,
} from "./population/folder/load.ts";
export type { Manifest, ManifestEntry, PopulationCost } from "./population/folder/manifest.ts";
export type { RecordedInterview } from "./population/from-people/people.ts";
export { readInterviews } from "./population/from-people/read-interviews.ts";
export { type FromRowOptions, personaFromRow } from "./population/from-people/row.ts";
export {
  type FromTranscriptOptions,
  type PersonaFromTranscript,
  personaFromTranscript,
  type TranscriptEvidence,
} from "./population/from-people/transcript.ts";
export type { NameStock, NameStocks } from "./population/generation/names/stock.ts";
export type {
  FailedPerson,
  GeneratedPerson,
  GeneratePeopleOptions,
  PersonResult,
} from "./population/generation/people.ts";
export type { Depth } from "./population/generation/schema.ts";
export { type InterviewFile, openInterviewFile } from "./population/interview/file.ts";
export { type InterviewGuide, loadInterviewGuide, type WholeInterviewGuide } from "./population/interview/guide.ts";
export {
  Interviewer,
  type InterviewerOptions,
  type InterviewProgress,
  type InterviewTurn,
} from "./population/interview/interviewer.ts";
export { lifeStoryGuide } from "./population/interview/life-story.ts";
export type { GivenWay } from "./population/joint/conflict/conflict.ts";
export type { FigureKind } from "./population/joint/figures/family.ts";
export type {
  JudgedPeople,
  PopulationFinding,
  PopulationRule,
  ReadingRow,
  StereotypeRow,
} from "./population/lint/finding.ts";
export { type LintOptions, lintPopulation, type PopulationLint } from "./population/lint/lint.ts";
export {
  type FromRowsOptions,
  type SpecificationFromRows,
  specificationFromRows,
} from "./population/microdata/from-rows.ts";
export { readMicrodata } from "./population/microdata/read.ts";
export type { MicrodataRow } from "./population/microdata/rows.ts";

export type { ComparedPlace, ComparedValue, Comparison } from "./population/profile/compare/compared.ts";
export { type CompareOptions, comparePopulations } from "./population/profile/compare/populations.ts";
export { compareWithTarget } from "./population/profile/compare/target.ts";
export type { CorrelationRow } from "./population/profile/measures/correlations.ts";
export type { Crosstab, CrosstabRow } from "./population/profile/measures/crosstab.ts";
export type { Distribution, ValueRow } from "./population/profile/measures/distribution.ts";
export { type PeopleInFiles, readPeople } from "./population/profile/people/files.ts";
export type { Member } from "./population/profile/people/people.ts";
export { valuesAt } from "./population/profile/people/values.ts";
export { type PopulationProfile, type ProfileOptions, profilePopulation } from "./population/profile/profile.ts";
export { comparisonCharts, type NamedChart, profileCharts } from "./population/profile/report/charts.ts";
export { comparisonHtml, profileHtml, type ReportOptions } from "./population/profile/report/html.ts";
export {
  type ProposedSpecification,
  type ProposeOptions,
  proposeSpecification,
} from "./population/proposal/propose.ts";
export type { FigureRow, FigureTest } from "./population/report/figure-rows.ts";
export type { HouseholdReport, HouseholdSizeRow, LikenessOfPartners } from "./population/report/household-rows.ts";
export type { ImpossibleRow, SamplingReport } from "./population/report/report.ts";
export { type Sample, type SampleOptions, samplePopulation } from "./population/sampling/sample.ts";
export {
  listPackagedSpecifications,
  loadSpecification,
  saveSpecification,
} from "./population/specification/files.ts";
export { parseSpecification, type SpecificationOrigin } from "./population/specification/parse.ts";
export type { Dimension, Level, Specification, Where } from "./population/specification/schema.ts";
export { unverifiedIn } from "./population/specification/sourced.ts";
export { type Condition, type LayOverOptions, layOver } from "./population/variation/lay-over.ts";
export { type VariationRow, type VariedPersona, type VaryOptions, varyPersona } from "./population/variation/vary.ts";
export {
  type PopulationFromInterviewsOptions,
  type PopulationFromRowsOptions,
  populationFromInterviews,
  populationFromRows,
} from "./simulation/people/from-people.ts";
export { type GeneratePopulationOptions, generatePopulation } from "./simulation/people/population.ts";
export type { ChiSquare } from "./statistics/counts/chi-square.ts";
export type { LogOdds } from "./statistics/log-odds.ts";
export { effectiveSize, type Summary } from "./statistics/moments.ts";
export type { Diversity } from "./statistics/shares.ts";
export { type RakedShare, type RakeOptions, type Raking, type RakingMargins, rake } from "./statistics/weights/rake.ts";
