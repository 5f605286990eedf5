// The part of the front door that is about studies and their figures; `src/index.ts` passes it on.

export type { CheckedClaim } from "./evaluation/claims/check.ts";
export { type Claims, type DeclaredClaim, loadClaims, parseClaims } from "./evaluation/claims/document.ts";
export type { CompareAnswersOptions } from "./evaluation/comparison/compare.ts";
export {
  type AnswerComparison,
  type ClaimsChecked,
  type ComparedSide,
  compareAnswers,
} from "./evaluation/comparison/compare-answers.ts";
export type { ComparisonFigure } from "./evaluation/comparison/figures.ts";
export type { Linkage } from "./evaluation/comparison/individuals/twins.ts";
export type { ComparisonWarning } from "./evaluation/comparison/warnings.ts";
export {
  type CorrectAnswersOptions,
  type CorrectedAnswers,
  type CorrectedStep,
  correctAnswers,
  type PoweredEstimate,
} from "./evaluation/correction/correct-answers.ts";
export { type Correction, correctShares } from "./evaluation/correction/correction.ts";
export { type CorrectionKind, type LearnedCorrection, learnCorrections } from "./evaluation/correction/learn.ts";
export { type PeopleNeeded, peopleNeeded } from "./evaluation/correction/people-needed.ts";
export {
  type FewAndMany,
  type PredictionPowered,
  predictionPowered,
} from "./evaluation/correction/prediction-powered.ts";
export type { ForetoldBy } from "./evaluation/held-out/forecasts.ts";
export { type AuditedPrompt, findLeaks, type Hidden, type Leak } from "./evaluation/held-out/leakage.ts";
export {
  type HeldOut,
  type HeldOutFigure,
  type HeldOutRow,
  type ScoreName,
  scoreHeldOut,
} from "./evaluation/held-out/score.ts";
export {
  type AnswerSet,
  type AnswersSource,
  answersSource,
  type ExcludedAnswer,
  type RespondentAnswers,
} from "./evaluation/people/answers.ts";
export type { AnswersDescription, ComparableScale, ItemDescription } from "./evaluation/people/description/document.ts";
export { loadAnswersDescription, parseAnswersDescription } from "./evaluation/people/description/load.ts";
export { type FittedDescription, fitAnswersDescription } from "./evaluation/people/proposal/fit.ts";
export { type ProposedDescription, proposeAnswersDescription } from "./evaluation/people/proposal/propose.ts";
export { answersFrom, type RowsOfAnswers } from "./evaluation/people/reading/answers-from.ts";
export { loadAnswers } from "./evaluation/people/reading/load-answers.ts";
export { type BesidePeople, besidePeopleCharts, comparisonPlots } from "./evaluation/report/charts.ts";
export { correctionReport, correctionReportHtml } from "./evaluation/report/correction.ts";
export { type HeldOutStudy, heldOutReport, heldOutReportHtml } from "./evaluation/report/held-out.ts";
export { type ComparisonReportOptions, validationReport, validationReportHtml } from "./evaluation/report/report.ts";
export { answersCsv, figuresCsv } from "./evaluation/report/rows.ts";
export {
  type AnalysedRows,
  type AnalysisSource,
  analyseExperiment,
  type ExperimentAnalysis,
  type TracedAnalysis,
} from "./experiment/analysis/analyse.ts";
export type { ArmFigure } from "./experiment/analysis/arms.ts";
export type { CrossoverFigure } from "./experiment/analysis/crossover.ts";
export { parseAnalysis } from "./experiment/analysis/declared/document.ts";
export { loadAnalysis } from "./experiment/analysis/declared/load.ts";
export { type PlannedResults, planOfResults } from "./experiment/analysis/declared/results.ts";
export type { Attrition } from "./experiment/analysis/effects/attrition.ts";
export type { EffectSize, PairedDifference } from "./experiment/analysis/effects/effect.ts";
export type { EffectFigure, TracedEffect } from "./experiment/analysis/figures.ts";
export type { CheckedEffect } from "./experiment/analysis/gate/gate.ts";
export type { ComparedPair, LostPair } from "./experiment/analysis/pairs/pairs.ts";
export { type AnalysisPlan, type ProposedPlan, proposeAnalysis } from "./experiment/analysis/plan.ts";
export { type ExperimentPlot, experimentPlots } from "./experiment/analysis/report/charts.ts";
export {
  type ExperimentReportOptions,
  experimentReport,
  experimentReportHtml,
} from "./experiment/analysis/report/report.ts";
export { analysisTables } from "./experiment/analysis/report/rows.ts";
export type { LevelEffect, StabilityDimension } from "./experiment/analysis/stability/levels.ts";
export type { Stability } from "./experiment/analysis/stability/stability.ts";
export type { NoSplit, VarianceSplit } from "./experiment/analysis/variance/split.ts";
export { type Blinded, type Blinding, type BlindingOptions, createBlinding } from "./experiment/blinding.ts";
export type { ExperimentProgress } from "./experiment/cells/progress.ts";
export {
  defineExperiment,
  type Experiment,
  type ExperimentPlan,
  isExperiment,
  type PlayedCell,
} from "./experiment/define.ts";
export type { EffectClaim } from "./experiment/design/claim.ts";
export type { DesignedArm, ExperimentDesign } from "./experiment/design/design.ts";
export type {
  Metric as ExperimentMetric,
  MetricScale as ExperimentMetricScale,
  MetricSource as ExperimentMetricSource,
} from "./experiment/design/metric.ts";
export { type EstimatedAmount, type ExperimentEstimate, estimateExperiment } from "./experiment/estimate.ts";
export { loadExperiment } from "./experiment/files.ts";
export {
  type AddResultsOptions,
  type InPlaceExperiment,
  type InPlaceOptions,
  type InPlaceState,
  inPlaceExperiment,
} from "./experiment/in-place/in-place-experiment.ts";
export type { InPlaceResults, ResultValue } from "./experiment/in-place/results.ts";
export { armOrders, type OrderOptions } from "./experiment/orders.ts";
export { declarationOf, type ExperimentDeclaration } from "./experiment/results/declared.ts";
export { type ExperimentResults, loadExperimentResults } from "./experiment/results/load.ts";
export { type Observation, observationTable } from "./experiment/results/observation.ts";
export { readObservations } from "./experiment/results/read.ts";
export {
  declareExperiment,
  type ExperimentRecord,
  type ObservationFormat,
  readExperimentRecord,
  type SaveExperimentOptions,
  saveExperiment,
} from "./experiment/results/save.ts";
export { unblindObservations } from "./experiment/results/unblind.ts";
export {
  type ExperimentRun,
  type PlayedCellArm,
  type RunExperimentOptions,
  runExperiment,
} from "./experiment/run.ts";
export { validateFiles } from "./experiment/validation.ts";
export type { Answer, GivenAnswer, Missing, MissingAnswer } from "./kernel/contracts/answers/answer.ts";
export { type AnswerValue, misfit, type Scale } from "./kernel/contracts/answers/scale.ts";
export { type AdviceOptions, type AdvisedTest, adviseTest, type TestAdvice } from "./statistics/advice.ts";
export { type Alpha, krippendorffAlpha, type Metric } from "./statistics/agreement/alpha.ts";
export { type FleissKappa, fleissKappa } from "./statistics/agreement/fleiss.ts";
export { cohenKappa, type Kappa, type KappaOptions, type Level as CodedLevel } from "./statistics/agreement/kappa.ts";
export { type Correlation, pearson, spearman } from "./statistics/correlation.ts";
export { chiSquareFit, chiSquareTable, type TableStatistic } from "./statistics/counts/chi-square.ts";
export { type FisherExact, type FisherOptions, fisherExact } from "./statistics/counts/fisher.ts";
export { type McNemar, mcNemar } from "./statistics/counts/mcnemar.ts";
export {
  type Part,
  type ShareDifference,
  type ShareTest,
  shareDifference,
  shareTest,
} from "./statistics/counts/proportions.ts";
export {
  type ChoiceDesignOptions,
  type ChoiceTasks,
  choiceEfficiency,
  choiceTasks,
} from "./statistics/designs/choice-tasks.ts";
export { armOf, crossover, type DealOptions, dealtArms } from "./statistics/designs/dealt.ts";
export { type BlockDesignOptions, balancedBlocks, togetherness } from "./statistics/designs/incomplete-blocks.ts";
export { williamsDesign } from "./statistics/designs/latin-square.ts";
export { type JensenShannon, jensenShannon, totalVariation } from "./statistics/distances/nominal.ts";
export { type EarthMovers, earthMovers, ksSimilarity } from "./statistics/distances/ordinal.ts";
export { brierScore, logScore, rankedProbabilityScore, type Score } from "./statistics/distances/scores.ts";
export { overOptions } from "./statistics/distances/shares.ts";
export { cohensD, type Effect, glassDelta, hedgesG, pairedEffect } from "./statistics/effects/means.ts";
export { cliffsDelta, rankBiserial } from "./statistics/effects/ranks.ts";
export { cramersV, type OddsRatio, oddsRatio } from "./statistics/effects/shares.ts";
export { type VarianceExplained, varianceExplained } from "./statistics/effects/variance.ts";
export { type BootstrapOptions, bootstrapInterval } from "./statistics/intervals/bootstrap.ts";
export type { Interval } from "./statistics/intervals/interval.ts";
export { type MeanInterval, meanInterval } from "./statistics/intervals/mean.ts";
export { shareContrast, shareInterval } from "./statistics/intervals/share.ts";
export type { LegacyAnova, LegacyChiSquare, LegacyTTest } from "./statistics/legacy/means.ts";
export type { LegacyKolmogorovSmirnov, LegacyMannWhitney } from "./statistics/legacy/ranks-and-shapes.ts";
export {
  type LegacyAssumptions,
  type LegacyMetrics,
  type LegacyOptions,
  type LegacyRecord,
  type LegacyTest,
  legacyAssumptions,
  legacyTests,
} from "./statistics/legacy/tester.ts";
export { type Anova, oneWayAnova, type WelchAnova, welchAnova } from "./statistics/means/anova.ts";
export type { DifferenceT } from "./statistics/means/apart.ts";
export {
  type Equivalence,
  type EquivalenceOptions,
  equivalentMean,
  equivalentMeans,
  equivalentPairs,
} from "./statistics/means/equivalence.ts";
export { type PairedT, pairedT } from "./statistics/means/paired-t.ts";
export {
  type Permutation,
  type PermutationOptions,
  pairedPermutationTest,
  permutationTest,
} from "./statistics/means/permutation.ts";
export { studentT, type TwoSampleT, welchT } from "./statistics/means/two-sample-t.ts";
export { type AnovaTerm, type TwoFactors, type TwoWayAnova, twoWayAnova } from "./statistics/means/two-way.ts";
export { isMeasured, type Unmeasured } from "./statistics/measured.ts";
export {
  type ClusteredOptions,
  type ClusteredRegression,
  clusteredRegression,
  type TermRow,
} from "./statistics/models/clustered.ts";
export { type ClusteredMean, type ClusteredMeanOptions, clusteredMean } from "./statistics/models/clustered-mean.ts";
export {
  type ChoiceModel,
  conditionalLogit,
  type FeatureChoice,
} from "./statistics/models/conditional-logit.ts";
export { type Heterogeneity, type HeterogeneityOptions, heterogeneity } from "./statistics/models/heterogeneity.ts";
export {
  type RandomIntercept,
  type RandomInterceptOptions,
  randomIntercept,
} from "./statistics/models/random-intercept.ts";
export {
  type Confounded,
  type VarianceComponent,
  type VarianceComponents,
  varianceComponents,
} from "./statistics/models/variance-components.ts";
export { benjaminiHochberg, holm } from "./statistics/multiplicity.ts";
export type { Groups, OneCorrelation, Pairs, PowerDesign, TwoGroups, TwoShares } from "./statistics/power/designs.ts";
export { type PowerOptions, powerOf, type SampleSize, sampleSize } from "./statistics/power/power.ts";
export { clusterDesignEffect, type PrecisionOptions, sizeForMean, sizeForShare } from "./statistics/power/precision.ts";
export { type Concordance, kendallW } from "./statistics/rankings/concordance.ts";
export { type BordaRow, borda, type FirstChoice, firstChoices } from "./statistics/rankings/counted.ts";
export type { Order } from "./statistics/rankings/orders.ts";
export { type Overlap, rankBiasedOverlap } from "./statistics/rankings/overlap.ts";
export {
  type BradleyTerryOptions,
  bradleyTerry,
  type PairComparison,
} from "./statistics/rankings/strengths/bradley-terry.ts";
export { plackettLuce } from "./statistics/rankings/strengths/plackett-luce.ts";
export type { Strength, StrengthOptions, Strengths } from "./statistics/rankings/strengths/strengths.ts";
export { type KendallTau, kendallTau } from "./statistics/rankings/tau.ts";
export { type Friedman, friedman } from "./statistics/ranks/friedman.ts";
export { type KruskalWallis, kruskalWallis } from "./statistics/ranks/kruskal-wallis.ts";
export { type MannWhitney, mannWhitney } from "./statistics/ranks/mann-whitney.ts";
export { hodgesLehmann } from "./statistics/ranks/shift.ts";
export { type SignTest, signTest } from "./statistics/ranks/sign.ts";
export { type Wilcoxon, wilcoxon } from "./statistics/ranks/wilcoxon.ts";
export { andersonDarling, andersonDarlingSamples, type SeveralSamples } from "./statistics/shapes/anderson-darling.ts";
export {
  type KolmogorovSmirnov,
  kolmogorovSmirnov,
  type Sample as NumberSample,
} from "./statistics/shapes/kolmogorov-smirnov.ts";
export { type Normality, shapiroWilk } from "./statistics/shapes/shapiro-wilk.ts";
export { brownForsythe, levene, type SpreadTest } from "./statistics/shapes/spread.ts";
export {
  type Weighed,
  type WeightedMean,
  type WeightedShare,
  weighed,
  weightedMean,
  weightedShare,
} from "./statistics/weights/figures.ts";
