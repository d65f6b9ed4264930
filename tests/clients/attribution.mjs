// What recommendations lead to, and users that are forgotten, through the unmodified AWS SDK for JavaScript v3. See README.md.
import assert from 'node:assert/strict';
import * as control from '@aws-sdk/client-personalize';
import * as events from '@aws-sdk/client-personalize-events';
import * as runtime from '@aws-sdk/client-personalize-runtime';
import {
  accessKeyId, createDataset, endpoint, importCsv, personalize, personalizeEvents, personalizeRuntime, rejectsWith, roleArn, secretAccessKey, step,
  suffix, until,
} from './client.mjs';
import { interactionsCsv } from './tastes.mjs';

const headers = { 'x-api-key': `${accessKeyId}:${secretAccessKey}` };
const get = async (path) => {
  const response = await fetch(`${endpoint}${path}`, { headers });
  assert.equal(response.ok, true, `${response.status} ${path}`);
  return response;
};
const text = (name, more = {}) => ({ name, type: 'string', ...more });
const number = (name) => ({ name, type: ['float', 'null'] });

const { datasetGroupArn } = await personalize.send(new control.CreateDatasetGroupCommand({ name: `attribution-${suffix}` }));
const interactions = await createDataset(datasetGroupArn, 'Interactions', [
  text('USER_ID'), text('ITEM_ID'), { name: 'TIMESTAMP', type: 'long' }, text('EVENT_TYPE'),
]);
const items = await createDataset(datasetGroupArn, 'Items', [text('ITEM_ID'), text('KIND', { categorical: true }), number('PRICE')]);
const users = await createDataset(datasetGroupArn, 'Users', [text('USER_ID'), text('PLAN', { categorical: true })]);
const csv = interactionsCsv();
const itemIds = [...new Set(csv.trim().split('\n').slice(1).map((row) => row.split(',')[1]))];
const userIds = [...new Set(csv.trim().split('\n').slice(1).map((row) => row.split(',')[0]))];
await step('import', async () => {
  await importCsv('attributed', interactions.datasetArn, csv);
  await importCsv('attributed-items', items.datasetArn, `ITEM_ID,KIND,PRICE\n${itemIds.map((id) => `${id},thing,2.5`).join('\n')}\n`);
  await importCsv('attributed-users', users.datasetArn, `USER_ID,PLAN\n${userIds.map((id) => `${id},basic`).join('\n')}\n`);
});
const { eventTrackerArn, trackingId } = await personalize.send(new control.CreateEventTrackerCommand({ name: 'clicks', datasetGroupArn }));
const { solutionArn } = await personalize.send(new control.CreateSolutionCommand({
  name: `attribution-${suffix}`, datasetGroupArn, recipeArn: 'arn:aws:personalize:::recipe/aws-popularity-count', performAutoTraining: false,
}));
const { solutionVersionArn } = await personalize.send(new control.CreateSolutionVersionCommand({ solutionArn }));
await until('ACTIVE', async () => (await personalize.send(new control.DescribeSolutionVersionCommand({ solutionVersionArn }))).solutionVersion);
const { campaignArn } = await personalize.send(new control.CreateCampaignCommand({ name: `attribution-${suffix}`, solutionVersionArn }));
await until('ACTIVE', async () => (await personalize.send(new control.DescribeCampaignCommand({ campaignArn }))).campaign);

const metricsOutputConfig = { roleArn, s3DataDestination: { path: `s3://client-tests/${suffix}/reports` } };
const create = (metrics) => personalize.send(new control.CreateMetricAttributionCommand({
  name: `results-${suffix}`, datasetGroupArn, metrics, metricsOutputConfig,
}));
await step('CreateMetricAttribution with a wrong expression is refused', () => rejectsWith(
  control.InvalidInputException, () => create([{ eventType: 'Purchase', metricName: 'm', expression: 'SUM(Items.KIND)' }]), 'PRICE'));
const { metricAttributionArn } = await step('CreateMetricAttribution', () => create([
  { eventType: 'Purchase', metricName: 'orders', expression: 'SAMPLECOUNT()' },
  { eventType: 'Purchase', metricName: 'revenue', expression: 'SUM(Items.PRICE)' },
]));
await step('UpdateMetricAttribution, Describe and List', async () => {
  await personalize.send(new control.UpdateMetricAttributionCommand({
    metricAttributionArn, addMetrics: [{ eventType: 'View', metricName: 'views', expression: 'SAMPLECOUNT()' }], removeMetrics: ['orders'],
  }));
  const { metrics } = await personalize.send(new control.ListMetricAttributionMetricsCommand({ metricAttributionArn }));
  assert.deepEqual(metrics.map((metric) => metric.metricName), ['revenue', 'views']);
  const { metricAttribution } = await personalize.send(new control.DescribeMetricAttributionCommand({ metricAttributionArn }));
  assert.equal(metricAttribution.status, 'ACTIVE');
  assert.deepEqual(metricAttribution.metricsOutputConfig, metricsOutputConfig);
  const { metricAttributions } = await personalize.send(new control.ListMetricAttributionsCommand({ datasetGroupArn }));
  assert.deepEqual(metricAttributions.map((listed) => listed.metricAttributionArn), [metricAttributionArn]);
});
await step('events are attributed to the campaign and to their own source', async () => {
  const { recommendationId, itemList } = await personalizeRuntime.send(new runtime.GetRecommendationsCommand({ campaignArn, userId: userIds[0] }));
  const send = (more) => personalizeEvents.send(new events.PutEventsCommand({
    trackingId, userId: userIds[0], sessionId: 'shopping',
    eventList: [{ eventType: 'Purchase', itemId: itemList[0].itemId, sentAt: new Date(), ...more }],
  }));
  for (let i = 0; i < 3; i++) await send({ recommendationId });
  await send({ recommendationId, metricAttribution: { eventAttributionSource: 'newsletter' } });
  await send({});
  const { values } = await (await get(`/v1/metric-attributions/results-${suffix}`)).json();
  const sums = Object.fromEntries(values.filter((v) => v.metric === 'revenue').map((v) => [v.source, v.value]));
  assert.deepEqual(sums, { [campaignArn]: 7.5, newsletter: 2.5, SOURCE_NAME_UNDEFINED: 2.5 });
});

await step('CreateDataDeletionJob', async () => {
  const put = await fetch(`${endpoint}/buckets/client-tests/${suffix}/gone/list.csv`, {
    method: 'PUT', body: `USER_ID\n${userIds[0]}\n${userIds[1]}\n`, headers,
  });
  assert.equal(put.ok, true);
  const { dataDeletionJobArn } = await personalize.send(new control.CreateDataDeletionJobCommand({
    jobName: `forget-${suffix}`, datasetGroupArn, roleArn, dataSource: { dataLocation: `s3://client-tests/${suffix}/gone/` },
  }));
  const job = await until('COMPLETED', async () =>
    (await personalize.send(new control.DescribeDataDeletionJobCommand({ dataDeletionJobArn }))).dataDeletionJob);
  assert.ok(job.numDeleted >= 2 * 12 + 2, `${job.numDeleted} records`);
  const { dataDeletionJobs } = await personalize.send(new control.ListDataDeletionJobsCommand({ datasetGroupArn }));
  assert.deepEqual(dataDeletionJobs.map((listed) => listed.status), ['COMPLETED']);
  const receipt = await (await get(`/v1/jobs/data-deletion-job/forget-${suffix}`)).json();
  assert.deepEqual([receipt.users, receipt.rows, receipt.trainedBefore], [2, job.numDeleted, [solutionVersionArn]]);
});

await step('delete everything', async () => {
  await personalize.send(new control.DeleteMetricAttributionCommand({ metricAttributionArn }));
  await personalize.send(new control.DeleteCampaignCommand({ campaignArn }));
  await personalize.send(new control.DeleteSolutionCommand({ solutionArn }));
  await personalize.send(new control.DeleteEventTrackerCommand({ eventTrackerArn }));
  for (const { datasetArn, schemaArn } of [interactions, items, users]) {
    await personalize.send(new control.DeleteDatasetCommand({ datasetArn }));
    await personalize.send(new control.DeleteSchemaCommand({ schemaArn }));
  }
  await personalize.send(new control.DeleteDatasetGroupCommand({ datasetGroupArn }));
});

console.log('life cycle complete');
