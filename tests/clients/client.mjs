// What the scripts share: clients of the deployment that the environment names, and steps that say how long they took.
import assert from 'node:assert/strict';
import * as control from '@aws-sdk/client-personalize';
import * as events from '@aws-sdk/client-personalize-events';
import * as runtime from '@aws-sdk/client-personalize-runtime';

export const endpoint = required('KINDRED_URL');
export const accessKeyId = required('KINDRED_ACCESS_KEY_ID');
export const secretAccessKey = required('KINDRED_SECRET_ACCESS_KEY');
export const settings = { endpoint, region: 'us-east-1', credentials: { accessKeyId, secretAccessKey } };

export const roleArn = 'arn:aws:iam::123456789012:role/PersonalizeRole';
export const suffix = process.env.KINDRED_SUFFIX ?? `js-${process.pid}`;
export const personalize = new control.PersonalizeClient(settings);
export const personalizeRuntime = new runtime.PersonalizeRuntimeClient(settings);
export const personalizeEvents = new events.PersonalizeEventsClient(settings);

function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set.`);
  return value;
}

export async function step(name, action) {
  const started = performance.now();
  const result = await action();
  console.log(`ok ${name} (${Math.round(performance.now() - started)} ms)`);
  return result;
}

/** Polls, as clients do, until the resource has the status. */
export async function until(status, describe) {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const resource = await describe();
    if (resource.status === status) return resource;
    assert.notEqual(resource.status, 'CREATE FAILED', resource.failureReason);
    assert.ok(Date.now() < deadline, `still ${resource.status} after two minutes`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export async function rejectsWith(errorClass, action, words = '') {
  await assert.rejects(action, (error) => {
    assert.ok(error instanceof errorClass, `expected ${errorClass.name}, got ${error.name}: ${error.message}`);
    assert.ok(error.message.includes(words), error.message);
    return true;
  });
}

/** Puts a file where imports read, and imports it. */
export async function importCsv(name, datasetArn, csv) {
  const response = await fetch(`${endpoint}/buckets/client-tests/${suffix}/${name}.csv`, {
    method: 'PUT', body: csv, headers: { 'x-api-key': `${accessKeyId}:${secretAccessKey}` },
  });
  assert.equal(response.ok, true, `${response.status} ${await response.text()}`);
  const { datasetImportJobArn } = await personalize.send(new control.CreateDatasetImportJobCommand({
    jobName: `${name}-${suffix}`, datasetArn, roleArn, dataSource: { dataLocation: `s3://client-tests/${suffix}/${name}.csv` },
  }));
  await until('ACTIVE', async () =>
    (await personalize.send(new control.DescribeDatasetImportJobCommand({ datasetImportJobArn }))).datasetImportJob);
}

/** A dataset with a schema of its own. */
export async function createDataset(datasetGroupArn, datasetType, fields, domain) {
  const name = datasetType.replace('_', '');
  const schema = JSON.stringify({ type: 'record', name, namespace: 'com.amazonaws.personalize.schema', fields, version: '1.0' });
  const { schemaArn } = await personalize.send(new control.CreateSchemaCommand({ name: `${name}-${suffix}`, schema, domain }));
  const { datasetArn } = await personalize.send(new control.CreateDatasetCommand({ name, schemaArn, datasetGroupArn, datasetType }));
  return { schemaArn, datasetArn };
}
