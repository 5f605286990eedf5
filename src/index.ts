// The library's front door: everything public, by name.
export { z } from "zod";
export type { ReadLimits, ReadOptions } from "./document/document.ts";
export type { DocumentSources } from "./document/sources.ts";
export type { PageOptions } from "./document/web/fetch-page.ts";
export type {
  Artifact,
  ArtifactContent,
  ArtifactFormat,
  ArtifactSink,
  DocumentFormat,
} from "./document/write/artifacts.ts";
export type { TextFormat } from "./document/write/write-document.ts";
export {
  type Convergence,
  type ConvergenceOptions,
  type ConvergenceRow,
  type ConvergenceTrend,
  measureConvergence,
} from "./insight/convergence/convergence.ts";
export { type StanceMove, stanceMoves } from "./insight/convergence/positions.ts";
export { measureSycophancy, type SycophancyOptions, type SycophancyRow } from "./insight/convergence/sycophancy.ts";
export { ArtifactExporter, type ExporterOptions } from "./insight/export/artifact-exporter.ts";
export type { Evidence, Evidenced, Extracted, Extraction, ExtractOptions } from "./insight/extract.ts";
export { extract, extractEach, extractStream } from "./insight/extract.ts";
export {
  type Band,
  type Indicator,
  type Likeness,
  type LikenessRow,
  measureLikeness,
  type SpeakerOptions,
  type Standing,
} from "./insight/likeness/likeness.ts";
export type { NetworkSelection } from "./insight/network/adjacency.ts";
export {
  type Communities,
  type CommunityOptions,
  type CommunityRow,
  communitiesOf,
} from "./insight/network/communities.ts";
export { type GraphOf, type HomophilyOptions, type HomophilyRow, homophily } from "./insight/network/homophily.ts";
export {
  type MeasureOptions,
  measureNetwork,
  type NetworkMeasures,
  type NetworkRow,
  type PersonRow,
} from "./insight/network/measures.ts";
export { type SpreadOptions, type SpreadRow, type SpreadStatement, spreadOf } from "./insight/network/spread.ts";
export { isNotApplicable, type NotApplicable, orNotApplicable } from "./insight/not-applicable.ts";
export {
  type Agreed,
  type AgreedExtraction,
  extractAgreed,
  type FieldAgreement,
  type Readers,
  type Reading,
} from "./insight/several/agreed.ts";
export { codedCsv } from "./insight/themes/answers.ts";
export { themesChart } from "./insight/themes/chart.ts";
export { type Codebook, type CodedAnswer, codeAnswers, parseCodebook, type Theme } from "./insight/themes/codebook.ts";
export type { ThemesFit } from "./insight/themes/grouping.ts";
export { codeAgain, type SecondCoderOptions, type SecondCoding } from "./insight/themes/second-coder.ts";
export { findThemes, type Themes, type ThemesOptions } from "./insight/themes/themes.ts";
export { filterTranscript, type TranscriptFilter } from "./insight/transcripts/filter.ts";
export { type StoryNames, storyNames } from "./insight/transcripts/names.ts";
export { type RenderOptions, renderTranscript, transcriptFormats } from "./insight/transcripts/render.ts";
export type { Fork, Forkable, ForkOptions as PersonForkOptions } from "./kernel/contracts/asked/fork.ts";
export type { Question, Respondent } from "./kernel/contracts/asked/respondent.ts";
export type { Context, Models, Outside, Source, Subject } from "./kernel/contracts/context.ts";
export type { Embedding, EmbeddingOptions } from "./kernel/contracts/embedder.ts";
export type {
  EffectBegun,
  EffectDone,
  EventBody,
  EventType,
  JournalEvent,
  Listener,
  LiveEvent,
  PersonForked,
  SimulationEvent,
  StanceTaken,
  TranscriptEntry,
  TurnTaken,
} from "./kernel/contracts/events.ts";
export type {
  ActionKind,
  ActorView,
  EffectPolicy,
  EffectRepeat,
  EffectTerms,
  Faculty,
  LivedTurn,
  Moment,
  Note,
  Perceived,
} from "./kernel/contracts/faculty.ts";
export type { ConsolidationFailed, EpisodeClosed, EpisodeEnd, NotesChanged } from "./kernel/contracts/memory/events.ts";
export type {
  ForgetReason,
  ForgottenNote,
  MemoryNote,
  NoteId,
  NoteKind,
  Provenance,
} from "./kernel/contracts/memory/notes.ts";
export type {
  Action,
  ActionFailure,
  ActionOutcome,
  ActOptions,
  Actor,
  Artefact,
  CognitiveState,
  DraftReview,
  EffectEnd,
  Outcome,
  QualityFinding,
  Reachable,
  StepOutcome,
  Stimulus,
  StimulusType,
  StopReason,
  Turn,
  TurnQuality,
} from "./kernel/contracts/person.ts";
export type { Hearers } from "./kernel/contracts/world/events.ts";
export type { Relation, RelationChange, SocialGraph } from "./kernel/contracts/world/network.ts";
export { findByName } from "./kernel/language/names.ts";
export { type Stance, type StanceLedger, stanceLedger } from "./kernel/stances/ledger.ts";
export { type Clock, clockTime } from "./kernel/values/clock.ts";
export {
  type ApprovalQuestion,
  type Budget,
  type DocumentReason,
  type ErrorCatalogue,
  type ErrorCode,
  type ErrorDetails,
  type ErrorRecord,
  errorRecord,
  type Issue,
  isTinyTroupeError,
  TinyTroupeError,
} from "./kernel/values/errors.ts";
export { isOfFork } from "./kernel/values/forks.ts";
export { type EventId, type PersonId, type RunId, slug, type WorldId } from "./kernel/values/ids.ts";
export { createRandom, type Random } from "./kernel/values/random.ts";
export { actionText, perceivedAs, perceivedText, transcriptOf, undeliveredText } from "./kernel/values/transcript.ts";
export type { ModelChoice } from "./model/default.ts";
export type { Allowance, Limiter } from "./model/flow/limit/limiter.ts";
export { createLimiters, type Limiters, type Limits } from "./model/flow/limit/limits.ts";
export type { Ledger, LedgerEntry, LedgerField, LedgerRow, LedgerSums } from "./model/flow/money/ledger.ts";
export { defineAction } from "./person/actions/define-action.ts";
export { Being } from "./person/being/being.ts";
export type { Perceiving } from "./person/being/perceiving.ts";
export type { SeeOptions, Sight } from "./person/being/sight.ts";
export { type DocumentsOptions, documents } from "./person/faculties/documents.ts";
export { PlanningFaculty } from "./person/faculties/planning/planning-faculty.ts";
export type { Plan, PlanStep } from "./person/faculties/planning/plans.ts";
export { RecallFaculty } from "./person/faculties/recall.ts";
export type {
  Acquaintance,
  PerceivedStance,
  Statement,
  TrustCue,
  TrustReason,
} from "./person/faculties/social/acquaintance.ts";
export { SocialFaculty } from "./person/faculties/social/social-faculty.ts";
export type { EpisodeQuery, EpisodeSelection } from "./person/memory/episodes/episode-query.ts";
export type { NoteQuery } from "./person/memory/notes/note-query.ts";
export type { MemoryOptions } from "./person/memory/options.ts";
export type {
  DocumentRead,
  PersonMemory,
  ReadMemoryOptions,
  ReadReport,
  RecallLimits,
  Remembered,
  RememberOptions,
  TextToRead,
} from "./person/memory/person-memory.ts";
export type { RecallOptions } from "./person/memory/recall/options.ts";
export type { Recalled } from "./person/memory/recall/recollection.ts";
export type { RecallWeights } from "./person/memory/recall/score.ts";
export type { MinibioOptions } from "./person/minibio.ts";
export type { PersonOptions, RepetitionOptions, Safety } from "./person/options.ts";
export type { QualityOptions } from "./person/quality/options.ts";
export type { StanceOptions } from "./person/quality/stances/stance-keeper.ts";
export type { QualityReport, ScoreSummary } from "./person/quality/statistics.ts";
export type { SavedPerson } from "./person/state/document.ts";
export { loadPeopleIn, loadPerson, type PeopleFound, savePerson } from "./person/state/files.ts";
export { parsePerson, type ReadPerson } from "./person/state/parse.ts";
export { TinyPerson } from "./person/tiny-person.ts";
export type { Attendee, CalendarEvent } from "./person/tools/calendar/events.ts";
export { type CalendarOptions, type FixedEvent, TinyCalendar } from "./person/tools/calendar/tiny-calendar.ts";
export { type McpOptions, type McpTools, mcpTools } from "./person/tools/mcp/mcp-tools.ts";
export type { McpServer } from "./person/tools/mcp/server.ts";
export type { SearchEngine, SearchMeans, SearchResult } from "./person/tools/search/engine.ts";
export { braveSearch, type ServiceOptions, searxngSearch, tavilySearch } from "./person/tools/search/engines.ts";
export { offlineSearch } from "./person/tools/search/offline-search.ts";
export type { PageReaderOptions } from "./person/tools/search/page-reader.ts";
export { type WebSearchOptions, webSearch } from "./person/tools/search/web-search.ts";
export type { CellValue, Sheet, SheetRow } from "./person/tools/spreadsheet/sheets.ts";
export { type SpreadsheetOptions, TinySpreadsheet } from "./person/tools/spreadsheet/tiny-spreadsheet.ts";
export { type TinyTool, toolUse } from "./person/tools/tiny-tool.ts";
export type { Rewriting } from "./person/tools/writing/rewriting.ts";
export { type EnrichOptions, TinyEnricher } from "./person/tools/writing/tiny-enricher.ts";
export { type StyleOptions, TinyStyler } from "./person/tools/writing/tiny-styler.ts";
export { TinyWordProcessor, type WordProcessorOptions } from "./person/tools/writing/tiny-word-processor.ts";
export type { DefineOptions, Path } from "./persona/access.ts";
export {
  type LoadedFragment,
  type LoadedPersona,
  listPackagedFragments,
  listPackagedPersonas,
  loadFragment,
  loadPersona,
  packagedFragment,
  packagedPersona,
  savePersona,
} from "./persona/files.ts";
export type { Finding, LintRule, Severity } from "./persona/findings/finding.ts";
export { type Fragment, type FragmentPolicy, layFragment } from "./persona/fragment.ts";
export { lintPersona } from "./persona/lint.ts";
export { checkConsent } from "./persona/origin/consent.ts";
export type { Consent, Origin } from "./persona/origin/origin.ts";
export { languagesOf, minibio, type ProseOptions, personaProse } from "./persona/prose.ts";
export { type ParseOptions, type PartialPersona, type Persona, parsePersona } from "./persona/schema.ts";
export type {
  BarChart,
  Chart,
  HeatMap,
  Histogram,
  IntervalChart,
  LikertChart,
  NetworkChart,
  RankingChart,
  ScatterPlot,
  TargetChart,
  TimelineChart,
} from "./plot/chart.ts";
export { chartSvg, type SvgOptions } from "./plot/svg.ts";
export { type ChartLayout, type VegaLiteSpec, vegaLiteSpec } from "./plot/vega-lite.ts";
export { type GeneratePersonOptions, TinyPersonFactory, type TinyPersonFactoryOptions } from "./population/factory.ts";
export * from "./populations.ts";
export * from "./research.ts";
export { budgetText, parseBudget } from "./simulation/configuration/budget.ts";
export { readConfiguration } from "./simulation/configuration/configuration.ts";
export {
  type ConfigDocument,
  type Configuration,
  defineConfig,
  layered,
  noConfiguration,
  type SettingName,
  type Settings,
  settingNames,
  variableOf,
} from "./simulation/configuration/settings.ts";
export { type Environment, readEnvironment } from "./simulation/environment.ts";
export { openSimulation } from "./simulation/open.ts";
export type { ForkOptions, Progress, SimulationOptions } from "./simulation/options.ts";
export type { AskedThen } from "./simulation/past/asked.ts";
export type { PastMoment } from "./simulation/past/moment.ts";
export type { PersonThen } from "./simulation/past/people.ts";
export type { CastOptions, LoadPeopleOptions } from "./simulation/people/sources.ts";
export type { ApprovalOptions } from "./simulation/run/approvals.ts";
export type { InterventionEdit, RunEdit, SaidEdit } from "./simulation/run/edits/edit.ts";
export type { Arrival } from "./simulation/run/listeners/gates.ts";
export { projectStore, resultsFolder } from "./simulation/run/project-store.ts";
export { createSharedBudget, type SharedBudget } from "./simulation/run/shared-budget.ts";
export type { Simulation } from "./simulation/simulation.ts";
export * from "./studies.ts";
export { defineStudy, type Study } from "./study/define.ts";
export type { BudgetCheck } from "./study/estimate/budget-check.ts";
export { type Estimate, type EstimateOptions, estimate } from "./study/estimate/estimate.ts";
export { loadStudy } from "./study/files.ts";
export { studyArm } from "./study/forks/arm.ts";
export { type DebugOptions, debug, type Pause } from "./study/forks/debug.ts";
export type { Difference, Edit } from "./study/forks/difference.ts";
export { type ForkPlan, fork, forkOf } from "./study/forks/fork.ts";
export type { PairedRow } from "./study/forks/paired-rows.ts";
export { type TwinRun, type Twins, type TwinsPlan, twins } from "./study/forks/twins.ts";
export { type Played, type PlayOptions, playStudy } from "./study/play.ts";
export { type Count, tally, winners } from "./study/steps/tables.ts";
export type { FileReport } from "./study/validation/found.ts";
export * from "./surveys.ts";
export { rowsToCsv } from "./table/formats/csv.ts";
export { rowsToMarkdown } from "./table/formats/markdown.ts";
export { tableMetadata } from "./table/formats/metadata.ts";
export type { WriteTableOptions } from "./table/options.ts";
export { provenanceLine, type RunProvenance } from "./table/provenance.ts";
export { type Cell, type Column, type ColumnType, type Table, tableOf } from "./table/table.ts";
export { type TableFormat, tableMediaTypes, writeTable } from "./table/write.ts";
export * from "./worlds.ts";
