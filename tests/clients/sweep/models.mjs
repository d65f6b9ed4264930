// Solutions, their versions and campaigns.
import assert from 'node:assert/strict';
import { roleArn } from '../client.mjs';
import { call, holds, limited, named, refused, same, until } from './checks.mjs';
import { creates, deletes, describes, lists, missing } from './kinds.mjs';
import { interactionFields, location, schemaOf } from './datasets.mjs';

const every = (schedulingExpression) => ({ autoTrainingConfig: { schedulingExpression } });
export const recipe = (name) => `arn:aws:personalize:::recipe/${name}`;

// A search keeps the trainings that come after it waiting for as long as the checks of them take.
const search = { hpoResourceConfig: { maxNumberOfTrainingJobs: '20', maxParallelTrainingJobs: '2' } };

export async function solutions(shop) {
  const { datasetGroupArn } = shop;
  const good = { name: named('popular'), datasetGroupArn, recipeArn: recipe('aws-popularity-count'), performAutoTraining: false };
  await refused('CreateSolution', 'InvalidInput', { ...good, recipeArn: undefined }, 'without a recipe');
  await refused('CreateSolution', 'InvalidInput', { ...good, recipeArn: recipe('aws-vod-top-picks') }, 'with a use case as recipe');
  await refused('CreateSolution', 'InvalidInput', { ...good, solutionConfig: every('rate(40 days)') }, 'every 40 days');
  await refused('CreateSolution', 'InvalidInput',
    { ...good, solutionConfig: { algorithmHyperParameters: { none: '1' } } }, 'with no such hyperparameter');
  shop.popular = (await creates('Solution', good, ['datasetGroupArn'])).solutionArn;
  await describes('Solution', shop.popular);
  shop.personal = (await call('CreateSolution', {
    name: named('personal'), datasetGroupArn, recipeArn: recipe('aws-user-personalization'), performAutoTraining: false, eventType: 'View',
    performHPO: true, solutionConfig: { hpoConfig: search, trainingDataConfig: { excludedDatasetColumns: { Items: ['PRICE'] } } },
  }, 'with a configuration')).solutionArn;
  await lists('Solution', { datasetGroupArn }, [shop.popular, shop.personal]);

  const update = { solutionArn: shop.popular, performAutoTraining: true, solutionUpdateConfig: every('rate(3 days)') };
  await refused('UpdateSolution', 'InvalidInput', { ...update, solutionArn: 'no-arn' }, 'of no ARN');
  await refused('UpdateSolution', 'InvalidInput', { ...update, solutionUpdateConfig: every('now') }, 'with no schedule');
  await refused('UpdateSolution', 'ResourceNotFound', { ...update, solutionArn: missing(shop.popular) }, 'of what is not there');
  await call('UpdateSolution', update);
  const { solution } = await call('DescribeSolution', { solutionArn: shop.popular }, 'after an update');
  await same('DescribeSolution', 'shows the update', [solution.performAutoTraining, solution.latestSolutionUpdate.status], [true, 'ACTIVE']);
  await call('UpdateSolution', { ...update, performAutoTraining: false }, 'back again');
  await limited('CreateSolution', (n) => ({ ...good, name: named(`solution-${n}`) }),
    { undo: ({ solutionArn }) => call('DeleteSolution', { solutionArn }, 'of many') });
}

export async function versions(shop) {
  const solutionArn = shop.popular;
  await refused('CreateSolutionVersion', 'InvalidInput', { solutionArn, trainingMode: 'UPDATE' }, 'UPDATE before FULL');
  await refused('CreateSolutionVersion', 'InvalidInput', { solutionArn, trainingMode: 'SOME' }, 'in a mode that is not there');
  const { solutionVersionArn } = await creates('SolutionVersion', { name: named('first'), solutionArn }, ['solutionArn']);
  shop.version = solutionVersionArn;
  const version = await until('SolutionVersion', solutionVersionArn);
  await same('DescribeSolutionVersion', 'says how it was trained',
    [version.name, version.trainingMode, version.trainingType, version.solutionArn, typeof version.trainingHours],
    [named('first'), 'FULL', 'MANUAL', solutionArn, 'number']);
  await describes('SolutionVersion', solutionVersionArn, solutionArn);
  const second = await call('CreateSolutionVersion', { solutionArn }, 'a second one');
  await until('SolutionVersion', second.solutionVersionArn);
  shop.second = second.solutionVersionArn;
  await lists('SolutionVersion', { solutionArn }, [solutionVersionArn, shop.second]);
  await refused('ListSolutionVersions', 'ResourceNotFound', { solutionArn: missing(solutionArn) }, 'of what is not there');
  const { solution } = await call('DescribeSolution', { solutionArn }, 'when it was trained');
  await same('DescribeSolution', 'shows its latest version', solution.latestSolutionVersion.solutionVersionArn, shop.second);

  await refused('GetSolutionMetrics', 'InvalidInput', { solutionVersionArn: 'no-arn' }, 'of no ARN');
  await refused('GetSolutionMetrics', 'ResourceNotFound', { solutionVersionArn: missing(solutionVersionArn) }, 'of what is not there');
  const { metrics } = await call('GetSolutionMetrics', { solutionVersionArn });
  const atRanks = [5, 10, 25].flatMap((rank) => [`normalized_discounted_cumulative_gain_at_${rank}`, `precision_at_${rank}`]);
  for (const key of ['coverage', 'mean_reciprocal_rank_at_25', ...atRanks])
    await holds('GetSolutionMetrics', `has ${key}`, () => assert.ok(metrics[key] >= 0 && metrics[key] <= 1, JSON.stringify(metrics)));
}

/** What waits for a training: the newest of as many as may wait. */
export async function waiting(shop) {
  await limited('CreateSolutionVersion', () => ({ solutionArn: shop.personal }), { atOnce: true });
  const unfinished = (await call('ListSolutionVersions', { solutionArn: shop.personal })).solutionVersions
    .filter((version) => ['CREATE PENDING', 'CREATE IN_PROGRESS'].includes(version.status))
    .sort((one, other) => other.creationDateTime - one.creationDateTime);
  const { solutionVersionArn } = unfinished[0];
  const job = {
    jobName: named('early'), solutionVersionArn, roleArn,
    jobInput: { s3DataSource: { path: location('in.json') } }, jobOutput: { s3DataDestination: { path: location('out/') } },
  };
  await refused('CreateCampaign', 'ResourceInUse', { name: named('early'), solutionVersionArn }, 'of a version that is not trained');
  await refused('CreateBatchInferenceJob', 'ResourceInUse', job, 'of a version that is not trained');
  await refused('CreateBatchSegmentJob', 'ResourceInUse', job, 'of a version that is not trained');
  await refused('GetSolutionMetrics', 'ResourceInUse', { solutionVersionArn }, 'of a version that is not trained');
  await refused('DeleteSolution', 'ResourceInUse', { solutionArn: shop.personal }, 'while a version is not trained');
  await refused('DeleteDataset', 'ResourceInUse', { datasetArn: shop.Interactions }, 'while a version is trained on it');
  await refused('StopSolutionVersionCreation', 'InvalidInput', { solutionVersionArn: 'no-arn' }, 'of no ARN');
  await refused('StopSolutionVersionCreation', 'ResourceNotFound', { solutionVersionArn: missing(solutionVersionArn) }, 'of what is not there');
  for (const version of unfinished) {
    await call('StopSolutionVersionCreation', { solutionVersionArn: version.solutionVersionArn });
    await until('SolutionVersion', version.solutionVersionArn, ['CREATE STOPPED']);
  }
  await refused('StopSolutionVersionCreation', 'InvalidInput', { solutionVersionArn }, 'of one that was stopped');
  await refused('CreateCampaign', 'InvalidInput', { name: named('early'), solutionVersionArn }, 'of a version that was stopped');
}

export async function campaigns(shop) {
  const good = { name: named('campaign'), solutionVersionArn: shop.version, minProvisionedTPS: 1 };
  await refused('CreateCampaign', 'InvalidInput', { ...good, solutionVersionArn: shop.popular }, 'of a solution');
  await refused('CreateCampaign', 'InvalidInput', { ...good, minProvisionedTPS: 0 }, 'with no throughput');
  shop.campaign = (await creates('Campaign', good, ['solutionVersionArn'])).campaignArn;
  await until('Campaign', shop.campaign);
  await same('DescribeCampaign', 'no update yet', (await describes('Campaign', shop.campaign)).latestCampaignUpdate, undefined);
  const other = await call('CreateCampaign', {
    name: named('latest'), solutionVersionArn: `${shop.popular}/$LATEST`, campaignConfig: { syncWithLatestSolutionVersion: true },
  }, 'of the latest version');
  await until('Campaign', other.campaignArn);
  await lists('Campaign', { solutionArn: shop.popular }, [shop.campaign, other.campaignArn]);
  await limited('CreateCampaign', (n) => ({ ...good, name: named(`campaign-${n}`) }),
    { undo: async ({ campaignArn }) => { await until('Campaign', campaignArn); await call('DeleteCampaign', { campaignArn }, 'of many'); } });

  const update = { campaignArn: shop.campaign, solutionVersionArn: shop.second, minProvisionedTPS: 2 };
  await refused('UpdateCampaign', 'InvalidInput', { ...update, campaignArn: 'no-arn' }, 'of no ARN');
  await refused('UpdateCampaign', 'InvalidInput', { ...update, solutionVersionArn: shop.popular }, 'to a solution');
  await refused('UpdateCampaign', 'ResourceNotFound', { ...update, campaignArn: missing(shop.campaign) }, 'of what is not there');
  await refused('UpdateCampaign', 'ResourceNotFound', { ...update, solutionVersionArn: missing(shop.second) }, 'to a version that is not there');
  await call('UpdateCampaign', update);
  const updated = await until('Campaign', shop.campaign, ['ACTIVE'], (campaign) => campaign.latestCampaignUpdate);
  await same('DescribeCampaign', 'shows the update', [updated.solutionVersionArn, updated.latestCampaignUpdate.minProvisionedTPS], [shop.second, 2]);
  await refused('DeleteSolution', 'ResourceInUse', { solutionArn: shop.popular }, 'while it has a campaign');
  await deletes('Campaign', other.campaignArn, undefined, { solutionArn: shop.popular });
}

export async function modelRemoval(shop) {
  await refused('GetRecommendations', 'ResourceNotFound', { campaignArn: missing(shop.campaign), userId: 'user-1' }, 'of what is not there');
  await deletes('Campaign', shop.campaign, { name: named('campaign'), solutionVersionArn: shop.second }, { solutionArn: shop.popular });
  await refused('GetRecommendations', 'ResourceNotFound', { campaignArn: shop.campaign, userId: 'user-1' }, 'after the campaign was deleted');
  const again = { datasetGroupArn: shop.datasetGroupArn, recipeArn: recipe('aws-sims'), performAutoTraining: false };
  await deletes('Solution', shop.popular, { ...again, name: named('popular') }, { datasetGroupArn: shop.datasetGroupArn });
  await deletes('Solution', shop.personal, { ...again, name: named('personal') }, { datasetGroupArn: shop.datasetGroupArn });
  await refused('DescribeSolutionVersion', 'ResourceNotFound', { solutionVersionArn: shop.version }, 'after the solution was deleted');
}

/** A training that cannot be: too few interactions. */
export async function failedTraining() {
  const { datasetGroupArn } = await call('CreateDatasetGroup', { name: named('empty') });
  const { schemaArn } = await call('CreateSchema', { name: named('empty'), schema: schemaOf('Interactions', interactionFields) });
  const { solutionArn } = await call('CreateSolution',
    { name: named('empty'), datasetGroupArn, recipeArn: recipe('aws-sims'), performAutoTraining: false });
  await refused('CreateSolutionVersion', 'InvalidInput', { solutionArn }, 'where there are no data');
  const { datasetArn } = await call('CreateDataset', { name: named('empty'), schemaArn, datasetGroupArn, datasetType: 'Interactions' });
  const { solutionVersionArn } = await call('CreateSolutionVersion', { solutionArn }, 'of an empty dataset');
  const version = await until('SolutionVersion', solutionVersionArn, ['CREATE FAILED']);
  await holds('DescribeSolutionVersion', 'says why it failed', () => assert.ok(version.failureReason.length > 10));
  await refused('GetSolutionMetrics', 'InvalidInput', { solutionVersionArn }, 'of a version that failed');
  await refused('CreateCampaign', 'InvalidInput', { name: named('empty'), solutionVersionArn }, 'of a version that failed');
  await call('DeleteSolution', { solutionArn });
  await call('DeleteDataset', { datasetArn });
  await call('DeleteSchema', { schemaArn });
  await call('DeleteDatasetGroup', { datasetGroupArn });
}
