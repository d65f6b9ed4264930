// A domain dataset group from import to recommendations, through the unmodified AWS SDK for JavaScript v3. See README.md.
import assert from 'node:assert/strict';
import * as control from '@aws-sdk/client-personalize';
import * as events from '@aws-sdk/client-personalize-events';
import * as runtime from '@aws-sdk/client-personalize-runtime';
import { createDataset, importCsv, personalize, personalizeEvents, personalizeRuntime, rejectsWith, step, suffix, until } from './client.mjs';

const shelves = 4;
const perShelf = 20;
const users = 120;
const rows = ['USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE'];
for (let user = 0; user < users; user++) {
  for (let place = 0; place < 9; place++) {
    const item = `item-${user % shelves}-${(user * 7 + place) % perShelf}`;
    rows.push(`user-${user},${item},${1_700_000_000 + 1000 * place + user},View`);
    rows.push(`user-${user},${item},${1_700_000_500 + 1000 * place + user},Purchase`);
  }
}

const { datasetGroupArn, domain } = await step('CreateDatasetGroup of a domain', () =>
  personalize.send(new control.CreateDatasetGroupCommand({ name: `shop-${suffix}`, domain: 'ECOMMERCE' })));
assert.equal(domain, 'ECOMMERCE');
await step('a schema without what the domain requires is refused', () =>
  rejectsWith(control.InvalidInputException, () => createDataset(datasetGroupArn, 'Interactions', [
    { name: 'USER_ID', type: 'string' }, { name: 'ITEM_ID', type: 'string' }, { name: 'TIMESTAMP', type: 'long' },
  ], 'ECOMMERCE'), 'EVENT_TYPE'));
const { datasetArn } = await step('CreateDataset', () => createDataset(datasetGroupArn, 'Interactions', [
  { name: 'USER_ID', type: 'string' }, { name: 'ITEM_ID', type: 'string' }, { name: 'TIMESTAMP', type: 'long' },
  { name: 'EVENT_TYPE', type: 'string' },
], 'ECOMMERCE'));
await step('import', () => importCsv('purchases', datasetArn, rows.join('\n')));

const useCase = (name) => `arn:aws:personalize:::recipe/${name}`;
const describe = async (recommenderArn) =>
  (await personalize.send(new control.DescribeRecommenderCommand({ recommenderArn }))).recommender;
const create = async (name, recipe, recommenderConfig) => (await personalize.send(new control.CreateRecommenderCommand({
  name: `${name}-${suffix}`, datasetGroupArn, recipeArn: useCase(recipe), recommenderConfig, tags: [{ tagKey: 'team', tagValue: 'shop' }],
}))).recommenderArn;
const recommend = async (recommenderArn, request) =>
  (await personalizeRuntime.send(new runtime.GetRecommendationsCommand({ recommenderArn, ...request }))).itemList.map((item) => item.itemId);

await step('a use case of the other domain is refused', () =>
  rejectsWith(control.InvalidInputException, () => create('other', 'aws-vod-top-picks'), 'VIDEO_ON_DEMAND'));
const personal = await step('CreateRecommender: recommended for you', () => create('foryou', 'aws-ecomm-recommended-for-you', {
  itemExplorationConfig: { explorationWeight: '0' }, minRecommendationRequestsPerSecond: 2,
}));
const together = await step('CreateRecommender: frequently bought together', () => create('together', 'aws-ecomm-frequently-bought-together'));
await step('both train by themselves', async () => {
  for (const arn of [personal, together]) {
    const recommender = await until('ACTIVE', () => describe(arn));
    assert.ok(recommender.modelMetrics.coverage > 0, JSON.stringify(recommender.modelMetrics));
    assert.equal(recommender.latestRecommenderUpdate, undefined);
    assert.ok(recommender.creationDateTime instanceof Date);
  }
});

const owned = (user) => rows.filter((row) => row.startsWith(`user-${user},`)).map((row) => row.split(',')[1]);
await step('GetRecommendations: of the own shelf, and nothing that was bought', async () => {
  for (const user of [1, 2, 3]) {
    const items = await recommend(personal, { userId: `user-${user}`, numResults: 5 });
    assert.equal(items.length, 5);
    assert.ok(items.every((item) => item.startsWith(`item-${user % shelves}-`)), items.join(' '));
    assert.deepEqual(items.filter((item) => owned(user).includes(item)), []);
  }
});
await step('a purchase is left out at once, whatever its case', async () => {
  const { trackingId } = await personalize.send(new control.CreateEventTrackerCommand({ name: `tracker-${suffix}`, datasetGroupArn }));
  const [first] = await recommend(personal, { userId: 'user-1' });
  await personalizeEvents.send(new events.PutEventsCommand({
    trackingId, userId: 'user-1', sessionId: 's', eventList: [{ eventType: 'purchase', itemId: first, sentAt: new Date() }],
  }));
  assert.ok(!(await recommend(personal, { userId: 'user-1' })).includes(first));
});
await step('GetRecommendations: bought together', async () => {
  const items = await recommend(together, { itemId: 'item-2-5', numResults: 5 });
  assert.ok(items.every((item) => item.startsWith('item-2-') && item !== 'item-2-5'), items.join(' '));
});
await step('GetRecommendations: what the use case needs, it asks for', () =>
  rejectsWith(runtime.InvalidInputException, () => recommend(personal, {}), 'userId'));

await step('ListRecommenders pages', async () => {
  const arns = [];
  for await (const page of control.paginateListRecommenders({ client: personalize, pageSize: 1 }, { datasetGroupArn }))
    arns.push(...page.recommenders.map((recommender) => recommender.recommenderArn));
  assert.deepEqual(arns.sort(), [personal, together].sort());
});
await step('UpdateRecommender', async () => {
  await personalize.send(new control.UpdateRecommenderCommand({
    recommenderArn: personal, recommenderConfig: { minRecommendationRequestsPerSecond: 3 },
  }));
  await until('ACTIVE', async () => (await describe(personal)).latestRecommenderUpdate);
  const { recommenderConfig } = await describe(personal);
  assert.deepEqual(recommenderConfig, { itemExplorationConfig: { explorationWeight: '0' }, minRecommendationRequestsPerSecond: 3 });
});
await step('StopRecommender and StartRecommender', async () => {
  await personalize.send(new control.StopRecommenderCommand({ recommenderArn: together }));
  await until('INACTIVE', () => describe(together));
  await rejectsWith(runtime.ResourceNotFoundException, () => recommend(together, { itemId: 'item-2-5' }));
  await personalize.send(new control.StartRecommenderCommand({ recommenderArn: together }));
  await until('ACTIVE', () => describe(together));
  assert.ok((await recommend(together, { itemId: 'item-2-5' })).length > 0);
});
await step('tags', async () => {
  const { tags } = await personalize.send(new control.ListTagsForResourceCommand({ resourceArn: personal }));
  assert.deepEqual(tags, [{ tagKey: 'team', tagValue: 'shop' }]);
});

await step('what is in use cannot be deleted', () =>
  rejectsWith(control.ResourceInUseException, () => personalize.send(new control.DeleteDatasetGroupCommand({ datasetGroupArn }))));
await step('DeleteRecommender', async () => {
  for (const recommenderArn of [personal, together]) {
    await personalize.send(new control.DeleteRecommenderCommand({ recommenderArn }));
    await rejectsWith(control.ResourceNotFoundException, () => describe(recommenderArn));
  }
  await rejectsWith(runtime.ResourceNotFoundException, () => recommend(personal, { userId: 'user-1' }));
});
console.log('life cycle complete');
