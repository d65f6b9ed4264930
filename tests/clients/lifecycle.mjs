// One whole life cycle through the unmodified AWS SDK for JavaScript v3. See README.md.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as control from '@aws-sdk/client-personalize';
import * as events from '@aws-sdk/client-personalize-events';
import * as runtime from '@aws-sdk/client-personalize-runtime';
import { batchJobs } from './batch.mjs';
import {
  accessKeyId, endpoint, personalize, personalizeEvents, personalizeRuntime, rejectsWith, roleArn, secretAccessKey, settings, step, suffix, until,
} from './client.mjs';
import { groupCount, itemsPerGroup, groupOfItem, interactionsCsv, interactionsSchema } from './tastes.mjs';

const untilActive = (describe) => until('ACTIVE', describe);

/// The objects of this run: what jobs read, and what they write.
const objects = {
  at: (key) => `${endpoint}/buckets/client-tests/${suffix}/${key}`,
  headers: { 'x-api-key': `${accessKeyId}:${secretAccessKey}` },
  async put(key, body) {
    const response = await fetch(this.at(key), { method: 'PUT', body, headers: this.headers });
    assert.equal(response.ok, true, `${response.status} ${await response.text()}`);
  },
  async get(key) {
    const response = await fetch(this.at(key), { headers: this.headers });
    assert.equal(response.ok, true, `${key}: ${response.status}`);
    return response.text();
  },
};

const given = process.env.KINDRED_INTERACTIONS;
const csv = given ? await readFile(given) : interactionsCsv();

await step('upload', () => objects.put('interactions.csv', csv));

const { schemaArn } = await step('CreateSchema', () =>
  personalize.send(new control.CreateSchemaCommand({ name: `schema-${suffix}`, schema: interactionsSchema })));
await step('CreateSchema again is refused', () =>
  rejectsWith(control.ResourceAlreadyExistsException, () =>
    personalize.send(new control.CreateSchemaCommand({ name: `schema-${suffix}`, schema: interactionsSchema }))));
await step('DescribeSchema', async () => {
  const { schema } = await personalize.send(new control.DescribeSchemaCommand({ schemaArn }));
  assert.deepEqual(JSON.parse(schema.schema), JSON.parse(interactionsSchema));
  assert.ok(schema.creationDateTime instanceof Date);
});

const { datasetGroupArn } = await step('CreateDatasetGroup', () =>
  personalize.send(new control.CreateDatasetGroupCommand({ name: `group-${suffix}` })));
await untilActive(async () => (await personalize.send(new control.DescribeDatasetGroupCommand({ datasetGroupArn }))).datasetGroup);
const { datasetArn } = await step('CreateDataset', () =>
  personalize.send(new control.CreateDatasetCommand({ name: 'interactions', schemaArn, datasetGroupArn, datasetType: 'Interactions' })));
await untilActive(async () => (await personalize.send(new control.DescribeDatasetCommand({ datasetArn }))).dataset);

await step('an import from a missing location fails with a reason', async () => {
  const { datasetImportJobArn } = await personalize.send(new control.CreateDatasetImportJobCommand({
    jobName: `missing-${suffix}`, datasetArn, roleArn, dataSource: { dataLocation: `s3://client-tests/${suffix}/nothing.csv` },
  }));
  await assert.rejects(untilActive(async () =>
    (await personalize.send(new control.DescribeDatasetImportJobCommand({ datasetImportJobArn }))).datasetImportJob));
});
await step('CreateDatasetImportJob', async () => {
  const { datasetImportJobArn } = await personalize.send(new control.CreateDatasetImportJobCommand({
    jobName: `import-${suffix}`, datasetArn, roleArn, dataSource: { dataLocation: `s3://client-tests/${suffix}/interactions.csv` },
  }));
  await untilActive(async () =>
    (await personalize.send(new control.DescribeDatasetImportJobCommand({ datasetImportJobArn }))).datasetImportJob);
});

async function train(recipe) {
  const { solutionArn } = await personalize.send(new control.CreateSolutionCommand({
    name: `${recipe}-${suffix}`, datasetGroupArn, recipeArn: `arn:aws:personalize:::recipe/${recipe}`, performAutoTraining: false,
  }));
  await untilActive(async () => (await personalize.send(new control.DescribeSolutionCommand({ solutionArn }))).solution);
  const { solutionVersionArn } = await personalize.send(new control.CreateSolutionVersionCommand({ solutionArn }));
  await untilActive(async () =>
    (await personalize.send(new control.DescribeSolutionVersionCommand({ solutionVersionArn }))).solutionVersion);
  const { metrics } = await personalize.send(new control.GetSolutionMetricsCommand({ solutionVersionArn }));
  assert.ok(metrics.normalized_discounted_cumulative_gain_at_25 >= 0 && metrics.coverage > 0, JSON.stringify(metrics));
  const { campaignArn } = await personalize.send(new control.CreateCampaignCommand({ name: `${recipe}-${suffix}`, solutionVersionArn }));
  await untilActive(async () => (await personalize.send(new control.DescribeCampaignCommand({ campaignArn }))).campaign);
  return { solutionArn, solutionVersionArn, campaignArn, metrics };
}

const recommend = (request) => personalizeRuntime.send(new runtime.GetRecommendationsCommand(request));
const personalized = await step('train and deploy aws-user-personalization-v2', () => train('aws-user-personalization-v2'));
const related = await step('train and deploy aws-sims', () => train('aws-sims'));
const popular = await step('train and deploy aws-popularity-count', () => train('aws-popularity-count'));
const ranking = await step('train and deploy aws-personalized-ranking-v2', () => train('aws-personalized-ranking-v2'));
const anItem = csv.toString('utf8').split('\n')[1].split(',')[1];

await step('GetRecommendations', async () => {
  const answer = await recommend({ campaignArn: personalized.campaignArn, userId: 'user-1', numResults: 10 });
  assert.equal(answer.itemList.length, 10);
  assert.equal(new Set(answer.itemList.map((item) => item.itemId)).size, 10, 'no item twice');
  assert.ok(answer.recommendationId.length > 0 && answer.recommendationId.length <= 40);
  if (!given) assert.equal(groupOfItem(answer.itemList[0].itemId), 1 % groupCount, "the first item is of the user's own group");
});
await step('GetRecommendations: 25 items when numResults is not given', async () =>
  assert.equal((await recommend({ campaignArn: personalized.campaignArn, userId: 'user-2' })).itemList.length, 25));
await step('GetRecommendations: unknown user gets the fallback', async () =>
  assert.equal((await recommend({ campaignArn: personalized.campaignArn, userId: 'never-seen', numResults: 5 })).itemList.length, 5));
await step('GetRecommendations: related items', async () => {
  const { itemList } = await recommend({ campaignArn: related.campaignArn, itemId: anItem, numResults: 5 });
  assert.ok(itemList.length > 0 && itemList.every((item) => item.itemId !== anItem));
});
await step('GetRecommendations: popular items', async () =>
  assert.equal((await recommend({ campaignArn: popular.campaignArn, numResults: 5 })).itemList.length, 5));
await step('GetPersonalizedRanking', async () => {
  // Of the user's own group an item that the user has not met: nobody in this data meets an item twice, so met ones rank low.
  const met = new Set(csv.toString('utf8').split('\n').filter((row) => row.startsWith('user-3,')).map((row) => row.split(',')[1]));
  const own = Array.from({ length: itemsPerGroup }, (_, item) => `item-3-${item}`).find((item) => !met.has(item));
  const inputList = ['item-0-1', 'item-1-1', 'item-2-1', own ?? 'item-3-1', 'unknown-item'];
  const { personalizedRanking } = await personalizeRuntime.send(new runtime.GetPersonalizedRankingCommand({
    campaignArn: ranking.campaignArn, userId: 'user-3', inputList,
  }));
  assert.deepEqual(personalizedRanking.map((item) => item.itemId).sort(), [...inputList].sort());
  if (!given) assert.equal(personalizedRanking[0].itemId, own);
  assert.equal(personalizedRanking.at(-1).itemId, 'unknown-item');
});

const { trackingId, eventTrackerArn } = await step('CreateEventTracker', () =>
  personalize.send(new control.CreateEventTrackerCommand({ name: `tracker-${suffix}`, datasetGroupArn })));
await step('PutEvents changes the next recommendation', async () => {
  const before = await recommend({ campaignArn: personalized.campaignArn, userId: 'newcomer', numResults: 5 });
  const chosen = before.itemList[0].itemId;
  await personalizeEvents.send(new events.PutEventsCommand({
    trackingId, userId: 'newcomer', sessionId: 'session-1',
    eventList: [{ eventType: 'View', itemId: chosen, sentAt: new Date(), properties: JSON.stringify({}) }],
  }));
  const after = await recommend({ campaignArn: personalized.campaignArn, userId: 'newcomer', numResults: 5 });
  assert.ok(after.itemList.every((item) => item.itemId !== chosen), 'an item just viewed is not recommended again');
});
await step('PutEvents: an anonymous session is a user until it is linked', async () => {
  await personalizeEvents.send(new events.PutEventsCommand({
    trackingId, sessionId: 'anonymous-1', eventList: [{ eventType: 'View', itemId: anItem, sentAt: new Date() }],
  }));
  const { itemList } = await recommend({ campaignArn: personalized.campaignArn, userId: 'anonymous-1', numResults: 5 });
  assert.ok(itemList.every((item) => item.itemId !== anItem));
});
await step('PutEvents: an unknown tracker is refused', () =>
  rejectsWith(events.PersonalizeEventsServiceException, () => personalizeEvents.send(new events.PutEventsCommand({
    trackingId: '00000000-0000-0000-0000-000000000000', sessionId: 's', eventList: [{ eventType: 'View', sentAt: new Date() }],
  }))));

await batchJobs({ objects, datasetGroupArn, datasetArn, solutionVersionArn: personalized.solutionVersionArn });

await step('lists page through everything', async () => {
  const arns = [];
  for await (const page of control.paginateListSolutions({ client: personalize, pageSize: 1 }, { datasetGroupArn })) {
    arns.push(...page.solutions.map((solution) => solution.solutionArn));
  }
  assert.deepEqual(arns.sort(), [personalized, related, popular, ranking].map((s) => s.solutionArn).sort());
});
await step('a made-up page token is refused', () =>
  rejectsWith(control.InvalidNextTokenException, () =>
    personalize.send(new control.ListSolutionsCommand({ datasetGroupArn, nextToken: 'made-up' }))));
await step('ListRecipes and DescribeRecipe', async () => {
  const { recipes } = await personalize.send(new control.ListRecipesCommand({}));
  assert.ok(recipes.length >= 10);
  const { recipe } = await personalize.send(new control.DescribeRecipeCommand({ recipeArn: recipes[0].recipeArn }));
  assert.equal(recipe.status, 'ACTIVE');
});
await step('UpdateCampaign', async () => {
  const { solutionVersionArn } = await personalize.send(new control.CreateSolutionVersionCommand({ solutionArn: popular.solutionArn }));
  await untilActive(async () =>
    (await personalize.send(new control.DescribeSolutionVersionCommand({ solutionVersionArn }))).solutionVersion);
  await personalize.send(new control.UpdateCampaignCommand({ campaignArn: popular.campaignArn, solutionVersionArn }));
  const { campaign } = await personalize.send(new control.DescribeCampaignCommand({ campaignArn: popular.campaignArn }));
  assert.equal(campaign.status, 'ACTIVE', 'the old version serves while the new one loads');
  await untilActive(async () =>
    (await personalize.send(new control.DescribeCampaignCommand({ campaignArn: popular.campaignArn }))).campaign.latestCampaignUpdate);
});

await step('what is in use cannot be deleted', async () => {
  await rejectsWith(control.ResourceInUseException, () => personalize.send(new control.DeleteSchemaCommand({ schemaArn })));
  await rejectsWith(control.ResourceInUseException, () => personalize.send(new control.DeleteDatasetGroupCommand({ datasetGroupArn })));
  await rejectsWith(control.ResourceInUseException, () =>
    personalize.send(new control.DeleteSolutionCommand({ solutionArn: personalized.solutionArn })));
});
await step('a wrong secret is refused', () =>
  assert.rejects(
    new control.PersonalizeClient({ ...settings, credentials: { accessKeyId, secretAccessKey: `${secretAccessKey}x` } })
      .send(new control.ListSchemasCommand({})),
    (error) => error.name === 'InvalidSignatureException'));

const goneIs = (describe) => rejectsWith(control.ResourceNotFoundException, async () => {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    await describe();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
});
await step('delete everything', async () => {
  for (const { campaignArn } of [personalized, related, popular, ranking]) {
    await personalize.send(new control.DeleteCampaignCommand({ campaignArn }));
    await goneIs(() => personalize.send(new control.DescribeCampaignCommand({ campaignArn })));
  }
  for (const { solutionArn } of [personalized, related, popular, ranking]) {
    await personalize.send(new control.DeleteSolutionCommand({ solutionArn }));
    await goneIs(() => personalize.send(new control.DescribeSolutionCommand({ solutionArn })));
  }
  await personalize.send(new control.DeleteEventTrackerCommand({ eventTrackerArn }));
  await goneIs(() => personalize.send(new control.DescribeEventTrackerCommand({ eventTrackerArn })));
  await personalize.send(new control.DeleteDatasetCommand({ datasetArn }));
  await goneIs(() => personalize.send(new control.DescribeDatasetCommand({ datasetArn })));
  await personalize.send(new control.DeleteSchemaCommand({ schemaArn }));
  await personalize.send(new control.DeleteDatasetGroupCommand({ datasetGroupArn }));
  await goneIs(() => personalize.send(new control.DescribeDatasetGroupCommand({ datasetGroupArn })));
});
await step('a deleted campaign recommends nothing', () =>
  rejectsWith(runtime.ResourceNotFoundException, () => recommend({ campaignArn: personalized.campaignArn, userId: 'user-1' })));
console.log('life cycle complete');
