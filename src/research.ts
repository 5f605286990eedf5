// The part of the front door that is about finding out: what is tried on people, and judged; `src/index.ts` passes it on.

export type {
  Move,
  MoveKind,
  System,
  SystemMeans,
  SystemSession,
  SystemView,
} from "./kernel/contracts/systems/system.ts";
export type { Visit, VisitEnd, VisitStep } from "./kernel/contracts/systems/visit.ts";
export { type ChatMessage, type ChatOptions, type ChatReply, chatSystem } from "./systems/http/chat.ts";
export { type SearchOptions, searchSystem } from "./systems/http/search.ts";
export { type ProgramOptions, programSystem } from "./systems/program/program.ts";
export { systemUse } from "./systems/use.ts";
export type { WebsiteOptions } from "./systems/web/options.ts";
export { websiteSystem } from "./systems/web/website.ts";
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
