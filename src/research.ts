// The part of the front door that is about finding out: what is tried on people, and judged; `src/index.ts` passes it on.

export { type Ad, loadAds } from "./advert/ad.ts";
export type { AdFigures, AdOutcome, PositionRow, SegmentRow } from "./advert/outcome.ts";
export { type AdReportOptions, adCharts, adReport, adReportHtml, positionLine } from "./advert/report.ts";
export type { AdFailure, AdRow, ChoiceRow } from "./advert/rows.ts";
export { type AdTest, type AdTestOptions, testAds } from "./advert/test-ads.ts";
export { type Anchor, loadAnchors, readAnchors } from "./evaluation/anchors.ts";
export {
  type CalibrateOptions,
  type Calibration,
  type CalibrationRow,
  calibrateJudge,
} from "./evaluation/calibration/calibrate.ts";
export type { Interviewee } from "./evaluation/interviewee.ts";
export { instruments } from "./evaluation/probes/instruments.ts";
export type { FramingProbe, Probe, ProbeInstrument, TalkProbe } from "./evaluation/probes/probe.ts";
export {
  type InstrumentSummary,
  type ProbeOptions,
  type ProbePlace,
  type ProbeReport,
  type ProbeRow,
  probePeople,
} from "./evaluation/probes/run-probes.ts";
export type { ProbeFinding } from "./evaluation/probes/take-probe.ts";
export type { DimensionScore } from "./evaluation/validation/dimensions.ts";
export { type FactAnswer, type FactProbe, factsOf } from "./evaluation/validation/facts.ts";
export type { InterviewRound, ValidationInterview } from "./evaluation/validation/interview.ts";
export { unknowns } from "./evaluation/validation/unknowns.ts";
export {
  type PersonValidation,
  type ValidationOptions,
  validatePeople,
  validatePerson,
} from "./evaluation/validation/validate-person.ts";
export { askInWords, type FoundQuote, type RunAnswer } from "./insight/ask/in-words.ts";
export { ResultsReducer } from "./insight/reduce/results-reducer.ts";
export type { EntryFilter, Reduced } from "./insight/reduce/rule.ts";
export { dataCharts } from "./insight/report/data-charts.ts";
export {
  dataEvidence,
  type InteractionOptions,
  type Interviews,
  interactionEvidence,
  interviewForReport,
  type ReportInterviewOptions,
} from "./insight/report/evidence.ts";
export { markRanges } from "./insight/report/formats/marks.ts";
export { type ReportFormat, reportDocument, reportFormats } from "./insight/report/formats/report-document.ts";
export { reportHtml } from "./insight/report/formats/report-html.ts";
export { reportMarkdown } from "./insight/report/formats/report-markdown.ts";
export { interactionCharts } from "./insight/report/interaction-charts.ts";
export type {
  ClaimKind,
  EvidenceRow,
  LeftOut,
  MarkedEvidence,
  Report,
  ReportSentence,
} from "./insight/report/report.ts";
export { type WriteReportOptions, writeReport } from "./insight/report/write-report.ts";
export type { Judgeable, Judgement, JudgeOptions } from "./judge/bench.ts";
export { fillClaim } from "./judge/claim.ts";
export { checkProposition, computeScore, judge } from "./judge/judge.ts";
export {
  type JudgedSubject,
  type JudgeEachOptions,
  judgeEach,
  type VerdictRow,
  verdictRows,
} from "./judge/judge-each.ts";
export type { Decision, Judged, Proposition } from "./judge/proposition.ts";
export type { Section, Window } from "./judge/reading/window.ts";
export { judgeByRubric, type RubricJudgement, type RubricTotal } from "./judge/rubric/judge-by-rubric.ts";
export { type Criterion, defineRubric, type Rubric } from "./judge/rubric/rubric.ts";
export { readyPropositions, stockPropositions } from "./judge/stock.ts";
export type {
  CalibrationFigure,
  CalibrationFigures,
  JudgeCalibration,
} from "./kernel/contracts/judging/calibration.ts";
export type { Quote, Samples, Verdict } from "./kernel/contracts/judging/verdict.ts";
export type {
  Done,
  Move,
  MoveKind,
  System,
  SystemMeans,
  SystemSession,
  SystemView,
} from "./kernel/contracts/systems/system.ts";
export type { Visit, VisitEnd, VisitStep } from "./kernel/contracts/systems/visit.ts";
export { storedSubject } from "./simulation/past/subjects.ts";
export { type LoadedTest, loadTest } from "./study/systems/test.ts";
export type { BalanceRow, LeakageRow } from "./synthetic/checks/reports.ts";
export { type ChatFormat, chatFormats, chatLine, type DataFileOptions, dataFiles } from "./synthetic/files.ts";
export { type GenerateDataOptions, generateData, type SyntheticData } from "./synthetic/generate.ts";
export type { DataExchange, DataFault, DataItem, DataSplit, LeftOutItem } from "./synthetic/items.ts";
export {
  type DataSpecification,
  loadDataSpecification,
  parseDataSpecification,
  type Quotas,
} from "./synthetic/specification.ts";
export { type ChatMessage, type ChatOptions, type ChatReply, chatSystem } from "./systems/http/chat.ts";
export { type SearchOptions, searchSystem } from "./systems/http/search.ts";
export { type ProgramOptions, programSystem } from "./systems/program/program.ts";
export { systemUse } from "./systems/use.ts";
export type { WebsiteOptions } from "./systems/web/options.ts";
export { websiteSystem } from "./systems/web/website.ts";
export {
  casesOf,
  casesText,
  type RegressionCase,
  type RerunOptions,
  type RerunRow,
  readCases,
  rerunCases,
} from "./usability/cases.ts";
export {
  compareSystems,
  type MeasureRow,
  type PartedPair,
  type SystemComparison,
} from "./usability/compare.ts";
export type { Goal, Success, SuccessCheck } from "./usability/goals/goal.ts";
export { type TestReportOptions, testReport, testReportHtml } from "./usability/report/report.ts";
export type {
  ClaimRow,
  FailedVisit,
  FindingKind,
  FindingRow,
  KeyedVisit,
  SessionRow,
  VisitKey,
} from "./usability/rows.ts";
export { type SystemTest, type SystemTestOptions, type Tester, testSystems } from "./usability/test-systems.ts";
