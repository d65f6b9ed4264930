// Recommenders of a domain dataset group.
import assert from 'node:assert/strict';
import { roleArn } from '../client.mjs';
import { interactionsCsv } from '../tastes.mjs';
import { call, holds, limited, named, refused, same, until } from './checks.mjs';
import { interactionFields, location, put, schemaOf } from './datasets.mjs';
import { creates, deletes, describes, lists, missing } from './kinds.mjs';
import { recipe } from './models.mjs';

export async function recommenders() {
  const { datasetGroupArn } = await call('CreateDatasetGroup', { name: named('store'), domain: 'ECOMMERCE' }, 'of a domain');
  const { schemaArn } = await call('CreateSchema', {
    name: named('store'), domain: 'ECOMMERCE', schema: schemaOf('Interactions', interactionFields),
  }, 'of a domain');
  const { datasetArn } = await call('CreateDataset',
    { name: named('store'), schemaArn, datasetGroupArn, datasetType: 'Interactions' }, 'of a domain');
  await put('store.csv', interactionsCsv());
  const { datasetImportJobArn } = await call('CreateDatasetImportJob', {
    jobName: named('store'), datasetArn, roleArn, dataSource: { dataLocation: location('store.csv') },
  }, 'of a domain');
  await until('DatasetImportJob', datasetImportJobArn);

  const good = { name: named('viewed'), datasetGroupArn, recipeArn: recipe('aws-ecomm-popular-items-by-views') };
  await refused('CreateRecommender', 'InvalidInput', { ...good, recipeArn: recipe('aws-vod-top-picks') }, 'with a use case of the other domain');
  await refused('CreateRecommender', 'InvalidInput', { ...good, recipeArn: recipe('aws-sims') }, 'with a recipe of solutions');
  const { recommenderArn } = await creates('Recommender', good, ['datasetGroupArn']);
  const update = { recommenderArn, recommenderConfig: { minRecommendationRequestsPerSecond: 3 } };
  await until('Recommender', recommenderArn);
  await holds('DescribeRecommender', 'has metrics', async () =>
    assert.ok((await describes('Recommender', recommenderArn)).modelMetrics.coverage > 0));
  await lists('Recommender', { datasetGroupArn }, [recommenderArn]);
  await refused('DeleteDatasetGroup', 'ResourceInUse', { datasetGroupArn }, 'while it has a recommender');
  await refused('DeleteDataset', 'ResourceInUse', { datasetArn }, 'while a recommender serves');
  await limited('CreateRecommender', (n) => ({ ...good, name: named(`viewed-${n}`) }), {
    undo: async (made) => { await until('Recommender', made.recommenderArn); await call('DeleteRecommender', made, 'of many'); },
  });

  const asked = { recommenderArn, userId: 'user-1' };
  await call('GetRecommendations', asked, 'of a recommender');
  await refused('GetRecommendations', 'InvalidInput', { recommenderArn }, 'without what the use case needs');
  await refused('GetRecommendations', 'ResourceNotFound', { ...asked, recommenderArn: missing(recommenderArn) }, 'of what is not there');
  const { recommenderConfig } = update;
  for (const [operation, more] of [['StopRecommender', {}], ['StartRecommender', {}], ['UpdateRecommender', { recommenderConfig }]]) {
    await refused(operation, 'InvalidInput', { recommenderArn: 'no-arn', ...more }, 'of no ARN');
    await refused(operation, 'InvalidInput', more, 'of nothing');
    await refused(operation, 'ResourceNotFound', { recommenderArn: missing(recommenderArn), ...more }, 'of what is not there');
  }
  await refused('UpdateRecommender', 'InvalidInput', { recommenderArn }, 'without a configuration');
  const none = { minRecommendationRequestsPerSecond: 0 };
  await refused('UpdateRecommender', 'InvalidInput', { recommenderArn, recommenderConfig: none }, 'with no throughput');
  await call('UpdateRecommender', update);
  const updated = await until('Recommender', recommenderArn, ['ACTIVE'], (recommender) => recommender.latestRecommenderUpdate);
  await same('DescribeRecommender', 'shows the update', updated.recommenderConfig, update.recommenderConfig);

  await refused('StartRecommender', 'ResourceInUse', { recommenderArn }, 'while it is ACTIVE');
  await call('StopRecommender', { recommenderArn });
  await until('Recommender', recommenderArn, ['INACTIVE']);
  await refused('GetRecommendations', 'ResourceNotFound', asked, 'of a recommender that was stopped');
  await refused('StopRecommender', 'ResourceInUse', { recommenderArn }, 'while it is INACTIVE');
  await refused('UpdateRecommender', 'ResourceInUse', update, 'while it is INACTIVE');
  await call('StartRecommender', { recommenderArn });
  await until('Recommender', recommenderArn);
  await call('GetRecommendations', asked, 'of a recommender that was started');
  await call('TagResource', { resourceArn: recommenderArn, tags: [{ tagKey: 'team', tagValue: 'store' }] }, 'of a recommender');

  await deletes('Recommender', recommenderArn, undefined, { datasetGroupArn });
  const again = await call('CreateRecommender', good, 'under the name of one that was deleted');
  await same('CreateRecommender', 'the ARN is the same again', again.recommenderArn, recommenderArn);
  await until('Recommender', recommenderArn);
  await call('DeleteRecommender', { recommenderArn });
  await call('DeleteDataset', { datasetArn });
  await call('DeleteSchema', { schemaArn });
  await call('DeleteDatasetGroup', { datasetGroupArn });
}
