// Batch recommendations, batch segments and exports through the unmodified AWS SDK for JavaScript v3; part of lifecycle.mjs.
import assert from 'node:assert/strict';
import * as control from '@aws-sdk/client-personalize';
import { personalize, rejectsWith, roleArn, step, suffix, until } from './client.mjs';

const untilActive = (describe) => until('ACTIVE', describe);

/// Runs every operation of the three kinds of job, on a group with data and a trained version.
export async function batchJobs({ objects, datasetGroupArn, datasetArn, solutionVersionArn }) {
  const location = (path) => ({ path: `s3://client-tests/${suffix}/${path}` });
  const lines = async (key) => (await objects.get(key)).trimEnd().split('\n').map((line) => JSON.parse(line));
  const inference = (request) => personalize.send(new control.CreateBatchInferenceJobCommand({
    jobName: `batch-${suffix}`, solutionVersionArn, roleArn, numResults: 5,
    jobInput: { s3DataSource: location('batch/users.json') }, jobOutput: { s3DataDestination: location('answers/') }, ...request,
  }));

  await step('CreateBatchInferenceJob', async () => {
    await objects.put('batch/users.json', '{"userId":"user-1"}\n{"userId":"user-2"}\n{"itemId":"no user"}\n');
    const { batchInferenceJobArn } = await inference({ tags: [{ tagKey: 'team', tagValue: 'night' }] });
    const job = await untilActive(async () =>
      (await personalize.send(new control.DescribeBatchInferenceJobCommand({ batchInferenceJobArn }))).batchInferenceJob);
    assert.equal(job.numResults, 5);
    assert.equal(job.jobInput.s3DataSource.path, location('batch/users.json').path);
    assert.ok(job.lastUpdatedDateTime >= job.creationDateTime);
    const [first, second, refused] = await lines('answers/users.json.out');
    assert.deepEqual([first.input.userId, second.input.userId], ['user-1', 'user-2']);
    assert.deepEqual([first.output.recommendedItems.length, first.output.scores.length, first.error], [5, 5, null]);
    assert.equal(refused.error, 'User error: Required fields for the provided recipe are userId');
    const { tags } = await personalize.send(new control.ListTagsForResourceCommand({ resourceArn: batchInferenceJobArn }));
    assert.deepEqual(tags, [{ tagKey: 'team', tagValue: 'night' }]);
  });
  await step('ListBatchInferenceJobs pages', async () => {
    await inference({ jobName: `more-${suffix}` });
    const names = [];
    for await (const page of control.paginateListBatchInferenceJobs({ client: personalize, pageSize: 1 }, { solutionVersionArn })) {
      names.push(...page.batchInferenceJobs.map((job) => job.jobName));
    }
    assert.deepEqual(names, [`batch-${suffix}`, `more-${suffix}`]);
    const [{ batchInferenceJobArn }] = (await personalize.send(new control.ListBatchInferenceJobsCommand({ solutionVersionArn }))).batchInferenceJobs.slice(-1);
    await untilActive(async () =>
      (await personalize.send(new control.DescribeBatchInferenceJobCommand({ batchInferenceJobArn }))).batchInferenceJob);
  });
  await step('batch jobs that cannot be are refused', async () => {
    await rejectsWith(control.ResourceAlreadyExistsException, () => inference({}));
    await rejectsWith(control.InvalidInputException, () => inference({ jobName: 'themes', batchInferenceJobMode: 'THEME_GENERATION' }));
    await rejectsWith(control.ResourceNotFoundException, () => inference({ jobName: 'none', solutionVersionArn: `${solutionVersionArn}0` }));
  });

  await step('CreateBatchSegmentJob', async () => {
    const { solutionArn } = await personalize.send(new control.CreateSolutionCommand({
      name: `segments-${suffix}`, datasetGroupArn, recipeArn: 'arn:aws:personalize:::recipe/aws-item-affinity', performAutoTraining: false,
    }));
    const version = (await personalize.send(new control.CreateSolutionVersionCommand({ solutionArn }))).solutionVersionArn;
    await untilActive(async () =>
      (await personalize.send(new control.DescribeSolutionVersionCommand({ solutionVersionArn: version }))).solutionVersion);
    await objects.put('segments/items.json', '{"itemId":"item-1-2"}\n');
    const { batchSegmentJobArn } = await personalize.send(new control.CreateBatchSegmentJobCommand({
      jobName: `segment-${suffix}`, solutionVersionArn: version, roleArn, numResults: 10,
      jobInput: { s3DataSource: location('segments/') }, jobOutput: { s3DataDestination: location('answers') },
    }));
    await untilActive(async () =>
      (await personalize.send(new control.DescribeBatchSegmentJobCommand({ batchSegmentJobArn }))).batchSegmentJob);
    const [answer] = await lines('answers/items.json.out');
    assert.equal(answer.input.itemId, 'item-1-2');
    assert.equal(new Set(answer.output.recommendedUsers).size, 10);
    const { batchSegmentJobs } = await personalize.send(new control.ListBatchSegmentJobsCommand({ solutionVersionArn: version }));
    assert.deepEqual(batchSegmentJobs.map((job) => job.status), ['ACTIVE']);
    await personalize.send(new control.DeleteSolutionCommand({ solutionArn }));
  });

  await step('CreateDatasetExportJob', async () => {
    const { datasetExportJobArn } = await personalize.send(new control.CreateDatasetExportJobCommand({
      jobName: `export-${suffix}`, datasetArn, roleArn, ingestionMode: 'BULK', jobOutput: { s3DataDestination: location('exports/') },
    }));
    const job = await untilActive(async () =>
      (await personalize.send(new control.DescribeDatasetExportJobCommand({ datasetExportJobArn }))).datasetExportJob);
    assert.equal(job.ingestionMode, 'BULK');
    const rows = (await objects.get(`exports/export-${suffix}.part-00000.csv`)).trimEnd().split('\n');
    assert.ok(rows[0].startsWith('USER_ID,ITEM_ID,TIMESTAMP'), rows[0]);
    assert.ok(rows.length > 1000, `${rows.length} rows`);
    const { datasetExportJobs } = await personalize.send(new control.ListDatasetExportJobsCommand({ datasetArn }));
    assert.deepEqual(datasetExportJobs.map((one) => one.jobName), [`export-${suffix}`]);
  });
}
