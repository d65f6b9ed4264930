// The service model, and answers held against it: every member that the model or the life of a resource promises, of the right type, and no other.
import { readFileSync } from 'node:fs';

const contract = JSON.parse(readFileSync(new URL('../../../src/Kindred.Contracts/Protocol/contract.json', import.meta.url), 'utf8'));

/** Every operation by its name, with the shapes of its service. */
export const operations = new Map(Object.entries(contract.services).flatMap(([service, { operations: own, shapes }]) =>
  Object.entries(own).map(([name, operation]) => [name, { ...operation, name, service, shapes }])));

export const errorsOf = (operation) => new Map(operations.get(operation).errors.map((error) => [error.shape, error.documentedHttpStatus]));

export const requiredOf = (operation) => {
  const { shapes, input } = operations.get(operation);
  return shapes[input].required ?? [];
};

/** What an answer may leave out: what was not given, has not happened, or is another kind of resource's. All else has to be there. */
const mayBeAbsent = {
  Algorithm: ['algorithmImage', 'defaultResourceConfig', 'trainingInputMode', 'roleArn'],
  BatchInferenceJob: ['filterArn', 'failureReason', 'numResults', 'batchInferenceJobConfig', 'themeGenerationConfig'],
  BatchInferenceJobConfig: ['itemExplorationConfig', 'rankingInfluence'],
  BatchInferenceJobSummary: ['failureReason'],
  BatchSegmentJob: ['filterArn', 'failureReason', 'numResults'],
  BatchSegmentJobSummary: ['failureReason'],
  Campaign: ['campaignConfig', 'failureReason', 'latestCampaignUpdate'],
  CampaignConfig: ['itemExplorationConfig', 'enableMetadataWithRecommendations', 'syncWithLatestSolutionVersion', 'rankingInfluence'],
  CampaignSummary: ['failureReason'],
  CampaignUpdateSummary: ['campaignConfig', 'failureReason'],
  CreateDatasetGroupResponse: ['domain'],
  DataDeletionJob: ['numDeleted', 'failureReason'],
  DataDeletionJobSummary: ['failureReason'],
  Dataset: ['latestDatasetUpdate', 'trackingId'],
  DatasetExportJob: ['failureReason'],
  DatasetExportJobSummary: ['failureReason'],
  DatasetGroup: ['roleArn', 'kmsKeyArn', 'failureReason', 'domain'],
  DatasetGroupSummary: ['failureReason', 'domain'],
  DatasetImportJob: ['failureReason', 'publishAttributionMetricsToS3'],
  DatasetImportJobSummary: ['failureReason'],
  DatasetSchema: ['domain'],
  DatasetSchemaSummary: ['domain'],
  DatasetUpdateSummary: ['failureReason'],
  DefaultContinuousHyperParameterRange: ['minValue', 'maxValue'],
  EventParameters: ['eventValueThreshold', 'weight'],
  Filter: ['failureReason'],
  FilterSummary: ['failureReason'],
  HPOConfig: ['hpoObjective', 'hpoResourceConfig', 'algorithmHyperParameterRanges'],
  MetricAttribution: ['failureReason'],
  MetricAttributionOutput: ['s3DataDestination'],
  MetricAttributionSummary: ['failureReason'],
  PredictedItem: ['score', 'promotionName', 'metadata', 'reason'],
  RecipeSummary: ['domain'],
  Recommender: ['recommenderConfig', 'failureReason', 'latestRecommenderUpdate', 'modelMetrics'],
  RecommenderConfig: ['itemExplorationConfig', 'minRecommendationRequestsPerSecond', 'trainingDataConfig', 'enableMetadataWithRecommendations'],
  RecommenderSummary: ['recommenderConfig'],
  RecommenderUpdateSummary: ['failureReason'],
  S3DataConfig: ['kmsKeyArn'],
  Solution: ['recipeArn', 'eventType', 'solutionConfig', 'autoMLResult', 'latestSolutionVersion', 'latestSolutionUpdate'],
  SolutionConfig: ['eventValueThreshold', 'hpoConfig', 'algorithmHyperParameters', 'featureTransformationParameters', 'autoMLConfig', 'eventsConfig',
    'optimizationObjective', 'trainingDataConfig', 'autoTrainingConfig'],
  SolutionSummary: ['recipeArn'],
  SolutionUpdateConfig: ['autoTrainingConfig', 'eventsConfig'],
  SolutionUpdateSummary: ['solutionUpdateConfig', 'performAutoTraining', 'performIncrementalUpdate', 'failureReason'],
  SolutionVersion: ['name', 'recipeArn', 'eventType', 'solutionConfig', 'trainingHours', 'tunedHPOParams', 'failureReason'],
  SolutionVersionSummary: ['failureReason'],
  TrainingDataConfig: ['excludedDatasetColumns', 'includedDatasetColumns'],
};

/**
 * Walks an answer.
 * @param seen 'wire' for the JSON that came, where times are numbers; 'sdk' for what the SDK made of it, where they are Dates.
 * @returns what is wrong with it, each with its path; empty for an answer as the model has it.
 */
export function faultsOf(operation, answer, seen) {
  const { shapes, output } = operations.get(operation);
  const faults = [];
  if (output) walk(shapes, output, answer, operation, seen, faults);
  else if (Object.keys(answer).length > 0) faults.push(`${operation} answers nothing, and ${Object.keys(answer)} came`);
  return faults;
}

function walk(shapes, name, value, path, seen, faults) {
  const shape = shapes[name];
  const wrong = (what) => faults.push(`${path} (${seen}) ${what}: ${JSON.stringify(value)}`);
  switch (shape.type) {
    case 'structure':
      if (value === null || typeof value !== 'object' || Array.isArray(value)) return wrong('is no structure');
      return walkMembers(shapes, name, value, path, seen, faults);
    case 'list':
      if (!Array.isArray(value)) return wrong('is no list');
      if (value.length < (shape.min ?? 0) || value.length > (shape.max ?? Infinity)) wrong(`has ${value.length} entries`);
      return value.forEach((entry, at) => walk(shapes, shape.member, entry, `${path}[${at}]`, seen, faults));
    case 'map':
      if (value === null || typeof value !== 'object' || Array.isArray(value)) return wrong('is no map');
      return Object.entries(value).forEach(([key, entry]) => {
        walk(shapes, shape.key, key, `${path}{key}`, seen, faults);
        walk(shapes, shape.value, entry, `${path}.${key}`, seen, faults);
      });
    case 'string':
      return walkText(shape, value, wrong);
    case 'timestamp':
      if (seen === 'wire' ? !(Number.isFinite(value) && value > 1e9 && value < 1e11) : !(value instanceof Date && !Number.isNaN(value.getTime())))
        wrong('is no time');
      return undefined;
    case 'boolean':
      return typeof value === 'boolean' ? undefined : wrong('is no boolean');
    case 'integer': case 'long':
      return Number.isInteger(value) && inRange(shape, value) ? undefined : wrong('is no such whole number');
    case 'float': case 'double':
      return Number.isFinite(value) && inRange(shape, value) ? undefined : wrong('is no such number');
    default:
      throw new Error(`The model has the type ${shape.type}, which is not walked.`);
  }
}

const inRange = (shape, value) => value >= (shape.min ?? -Infinity) && value <= (shape.max ?? Infinity);

function walkText(shape, value, wrong) {
  if (typeof value !== 'string') return wrong('is no string');
  if (!inRange(shape, value.length)) wrong(`has ${value.length} characters`);
  if (shape.enum && !shape.enum.includes(value)) wrong(`is none of ${shape.enum}`);
  if (shape.pattern && !new RegExp(`^(?:${shape.pattern})$`, 'us').test(value)) wrong(`does not match ${shape.pattern}`);
  return undefined;
}

function walkMembers(shapes, name, value, path, seen, faults) {
  const { members, required = [] } = shapes[name];
  for (const member of Object.keys(value)) if (!(member in members)) faults.push(`${path}.${member} (${seen}) is not in the model`);
  for (const [member, { shape }] of Object.entries(members)) {
    // The model calls the role of an import or export an ARN of this service, which no role can be.
    const own = member === 'roleArn' && shape === 'Arn' ? 'RoleArn' : shape;
    if (value[member] !== undefined) walk(shapes, own, value[member], `${path}.${member}`, seen, faults);
    else if (required.includes(member) || !(member === 'nextToken' || mayBeAbsent[name]?.includes(member)))
      faults.push(`${path}.${member} (${seen}) is missing`);
  }
}
