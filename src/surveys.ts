// The part of the front door that is about questionnaires; `src/index.ts` passes it on.
export { administer } from "./survey/administer/administer.ts";
export type { ItemCall } from "./survey/administer/answering/interview.ts";
export type { SurveyMemory } from "./survey/administer/answering/sitting.ts";
export type { RespondentRow, SurveyAnswer, SurveyFailure, SurveyRun } from "./survey/administer/collected.ts";
export { type ItemCost, type SurveyCost, surveyCost } from "./survey/administer/cost.ts";
export type { AdministerOptions, SurveyProgress } from "./survey/administer/options.ts";
export { paraphrasesOf, type SurveyVariant } from "./survey/administer/variants.ts";
export {
  type AnchorFamily,
  type AnchorSet,
  anchorFamilies,
  type FamilyAnchors,
} from "./survey/elicitation/anchors/families.ts";
export { atTemperature, ratedBy } from "./survey/elicitation/anchors/similarity.ts";
export { usualElicitation, type WantedElicitation } from "./survey/elicitation/choice.ts";
export type { ElicitationSettings } from "./survey/elicitation/elicitation.ts";
export { type ElicitationName, elicitationNames } from "./survey/elicitation/names.ts";
export { type AttentionRow, attentionOf } from "./survey/flow/attention.ts";
export { nextItem } from "./survey/flow/next-item.ts";
export { ordersFor } from "./survey/flow/order.ts";
export type { ShownItem, SurveyOrder } from "./survey/flow/shown.ts";
export type { EndStep, FlowOptions, ItemStep, SurveyStep } from "./survey/flow/walk.ts";
export { type SurveyHtmlOptions, surveyHtml } from "./survey/formats/html/survey-html.ts";
export { loadQualtrics } from "./survey/formats/qsf/load.ts";
export type { QualtricsSurvey } from "./survey/formats/qsf/read.ts";
export { type QualtricsFile, qualtricsFile } from "./survey/formats/qsf/write.ts";
export { instrumentText } from "./survey/formats/written.ts";
export { answersOfSurvey } from "./survey/gathered/description.ts";
export { type GatheredReplies, gatherReplies, repliesCsv } from "./survey/gathered/gather.ts";
export type { SurveyCondition } from "./survey/instrument/condition.ts";
export { type Block, type Instrument, itemsOf } from "./survey/instrument/document.ts";
export { type Item, type ItemKind, itemKinds, partsOf } from "./survey/instrument/items.ts";
export type { ItemPart } from "./survey/instrument/kind.ts";
export { loadInstrument } from "./survey/instrument/read/load.ts";
export { parseInstrument, type ReadInstrumentOptions } from "./survey/instrument/read/parse.ts";
export type { AnswerOption } from "./survey/instrument/written.ts";
export type { SurveyFindings, SurveyReportOptions } from "./survey/report/findings.ts";
export { surveyReport, surveyReportHtml } from "./survey/report/report.ts";
export { type AnswerRow, answerRow } from "./survey/results/answer-row.ts";
export { type VariantEffect, variantEffects } from "./survey/results/effects.ts";
export {
  type ElicitationFit,
  type FitOptions,
  type FittedElicitation,
  fitElicitation,
} from "./survey/results/fit/fit.ts";
export type { FittedTemperature } from "./survey/results/fit/temperature.ts";
export { respondentRows, type WideRow } from "./survey/results/respondents.ts";
export type { SummaryOptions } from "./survey/results/segments.ts";
export { type ItemFigure, summariseSurvey } from "./survey/results/summary.ts";
export { type NetPromoterScore, netPromoterScore } from "./survey/results/tasks/net-promoter.ts";
export { type PricePoints, pricePoints } from "./survey/results/tasks/price-points.ts";
export { summariseTasks, type TaskOptions } from "./survey/results/tasks/summarise.ts";
export type { TaskFigure } from "./survey/results/tasks/task-figure.ts";
export {
  checkWeighing,
  type SurveyWeights,
  segmentsBy,
  type WeighingOptions,
  weighSurvey,
} from "./survey/results/weigh.ts";
export { answerShape, itemShape } from "./survey/wording/answer-shape.ts";
export { conditionInWords } from "./survey/wording/condition-words.ts";
export { itemInWords, type Wordable } from "./survey/wording/item-words.ts";
export { type ReadAnswer, readAnswer, readItem } from "./survey/wording/read-answer.ts";
