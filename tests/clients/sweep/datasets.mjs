// Schemas, dataset groups, datasets, and what goes into them and out of them in files.
import assert from 'node:assert/strict';
import { accessKeyId, endpoint, roleArn, secretAccessKey, suffix } from '../client.mjs';
import { interactionsCsv } from '../tastes.mjs';
import { arnMember, call, holds, keyOf, limited, named, refused, same, until } from './checks.mjs';
import { creates, deletes, describes, lists, missing } from './kinds.mjs';

export const text = (name, more = {}) => ({ name, type: 'string', ...more });
export const number = (name, type = 'float') => ({ name, type: ['null', type] });
export const schemaOf = (name, fields) =>
  JSON.stringify({ type: 'record', name, namespace: 'com.amazonaws.personalize.schema', fields, version: '1.0' });
export const interactionFields = [text('USER_ID'), text('ITEM_ID'), { name: 'TIMESTAMP', type: 'long' }, text('EVENT_TYPE')];
export const location = (path) => `s3://client-tests/${suffix}/${path}`;

const csv = interactionsCsv();
const column = (at) => [...new Set(csv.trim().split('\n').slice(1).map((row) => row.split(',')[at]))];
export const users = column(0);
export const items = column(1);

export async function put(path, body) {
  const answer = await fetch(`${endpoint}/buckets/client-tests/${suffix}/${path}`, {
    method: 'PUT', body, headers: { 'x-api-key': `${accessKeyId}:${secretAccessKey}` },
  });
  assert.equal(answer.ok, true, `${path}: ${answer.status}`);
}

export async function schemas() {
  const good = { name: named('schema'), schema: schemaOf('Interactions', interactionFields) };
  const wrong = { 'no JSON': '{', 'no fields': schemaOf('Interactions', []), 'no USER_ID': schemaOf('Interactions', interactionFields.slice(1)) };
  for (const [what, schema] of Object.entries(wrong))
    await refused('CreateSchema', 'InvalidInput', { ...good, schema }, `with ${what}`);
  await refused('CreateSchema', 'InvalidInput', { ...good, domain: 'BOOKS' }, 'of a domain that is not there');
  const { schemaArn } = await creates('Schema', good);
  await same('DescribeSchema', 'the document comes back as it was given', (await describes('Schema', schemaArn)).schema, good.schema);
  const ofDomain = await call('CreateSchema', { ...good, name: named('shop-schema'), domain: 'ECOMMERCE' }, 'of a domain');
  await lists('Schema', {}, [schemaArn, ofDomain.schemaArn]);
  await limited('CreateSchema', (n) => ({ ...good, name: named(`schema-${n}`) }), { undo: (made) => call('DeleteSchema', made, 'of many') });
  await deletes('Schema', ofDomain.schemaArn, { ...good, name: named('shop-schema') });
  await deletes('Schema', schemaArn, good);
}

export async function groups() {
  const good = { name: named('group') };
  await refused('CreateDatasetGroup', 'InvalidInput', { ...good, domain: 'BOOKS' }, 'of a domain that is not there');
  await refused('CreateDatasetGroup', 'InvalidInput', { ...good, roleArn: 'no-role' }, 'with no role');
  const { datasetGroupArn } = await creates('DatasetGroup', good);
  const other = await call('CreateDatasetGroup', {
    name: named('video'), domain: 'VIDEO_ON_DEMAND', roleArn, kmsKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/one',
  }, 'with all it can have');
  await same('CreateDatasetGroup', 'says its domain', other.domain, 'VIDEO_ON_DEMAND');
  await same('DescribeDatasetGroup', 'is ACTIVE', (await describes('DatasetGroup', datasetGroupArn)).status, 'ACTIVE');
  await lists('DatasetGroup', {}, [datasetGroupArn, other.datasetGroupArn]);
  await limited('CreateDatasetGroup', (n) => ({ name: named(`group-${n}`) }),
    { undo: ({ datasetGroupArn: arn }) => call('DeleteDatasetGroup', { datasetGroupArn: arn }, 'of many') });
  await deletes('DatasetGroup', other.datasetGroupArn, { name: named('video') });
  await deletes('DatasetGroup', datasetGroupArn, good);
}

/** A group with interactions, items and users, which the parts that follow share. */
export async function datasets() {
  const { datasetGroupArn } = await call('CreateDatasetGroup', { name: named('shop') });
  const shop = { datasetGroupArn, schemas: {} };
  const fields = {
    Interactions: interactionFields,
    Items: [text('ITEM_ID'), text('KIND', { categorical: true }), number('PRICE')],
    Users: [text('USER_ID'), text('PLAN', { categorical: true })],
  };
  for (const [datasetType, own] of Object.entries(fields)) {
    shop.schemas[datasetType] = (await call('CreateSchema', { name: named(`shop-${datasetType}`), schema: schemaOf(datasetType, own) })).schemaArn;
    const good = { name: named(datasetType), schemaArn: shop.schemas[datasetType], datasetGroupArn, datasetType };
    if (datasetType === 'Interactions') {
      await refused('CreateDataset', 'InvalidInput', { ...good, datasetType: 'Things' }, 'of a type that is not there');
      await refused('CreateDataset', 'InvalidInput', { ...good, datasetType: 'Items' }, 'with the schema of another type');
      shop[datasetType] = (await creates('Dataset', good, ['schemaArn', 'datasetGroupArn'])).datasetArn;
    } else shop[datasetType] = (await call('CreateDataset', good, `of ${datasetType}`)).datasetArn;
  }
  await describes('Dataset', shop.Interactions);
  await lists('Dataset', { datasetGroupArn }, [shop.Interactions, shop.Items, shop.Users]);
  await refused('DeleteSchema', 'ResourceInUse', { schemaArn: shop.schemas.Items }, 'while a dataset has it');
  await refused('DeleteDatasetGroup', 'ResourceInUse', { datasetGroupArn }, 'while it has datasets');
  return shop;
}

export async function imports(shop) {
  await put('interactions.csv', csv);
  await put('items.csv', `ITEM_ID,KIND,PRICE\n${items.map((id, i) => `${id},${['book', 'film'][i % 2]},${1 + (i % 7)}.5`).join('\n')}\n`);
  await put('users.csv', `USER_ID,PLAN\n${users.map((id, i) => `${id},${['free', 'paid'][i % 2]}`).join('\n')}\n`);
  const good = { jobName: named('import'), datasetArn: shop.Interactions, roleArn, dataSource: { dataLocation: location('interactions.csv') } };
  await refused('CreateDatasetImportJob', 'InvalidInput', { ...good, dataSource: { dataLocation: 'nowhere' } }, 'from no location');
  await refused('CreateDatasetImportJob', 'InvalidInput', { ...good, importMode: 'SOME' }, 'in a mode that is not there');
  await refused('CreateDatasetImportJob', 'InvalidInput', { ...good, importMode: 'INCREMENTAL' }, 'INCREMENTAL before FULL');
  const { datasetImportJobArn } = await creates('DatasetImportJob', good, ['datasetArn']);
  await until('DatasetImportJob', datasetImportJobArn);
  await describes('DatasetImportJob', datasetImportJobArn);
  for (const [type, file] of [['Items', 'items.csv'], ['Users', 'users.csv']]) {
    const job = await call('CreateDatasetImportJob',
      { ...good, jobName: named(`import-${type}`), datasetArn: shop[type], dataSource: { dataLocation: location(file) } }, `of ${type}`);
    await until('DatasetImportJob', job.datasetImportJobArn);
  }
  const nowhere = { ...good, jobName: named('lost'), datasetArn: shop.Users, dataSource: { dataLocation: location('nothing.csv') } };
  const lost = await call('CreateDatasetImportJob', nowhere, 'of a file that is not there');
  const failed = await until('DatasetImportJob', lost.datasetImportJobArn, ['CREATE FAILED']);
  await holds('DescribeDatasetImportJob', 'says why it failed', () => assert.ok(failed.failureReason.length > 10));
  await lists('DatasetImportJob', { datasetArn: shop.Interactions }, [datasetImportJobArn]);
  await busy('DatasetImportJob', shop, (n) => ({ ...good, jobName: named(`import-${n}`) }));
}

/** Meets the limit of unfinished jobs, during which their dataset cannot be changed. */
async function busy(kind, shop, inputOf, ended = ['ACTIVE']) {
  const made = await limited(`Create${kind}`, inputOf, { atOnce: true });
  for (const answer of made) await until(kind, answer[arnMember(kind)], ended);
}

export async function exportsAndDeletions(shop) {
  const out = { jobName: named('export'), datasetArn: shop.Interactions, roleArn, jobOutput: { s3DataDestination: { path: location('exports/') } } };
  await refused('CreateDatasetExportJob', 'InvalidInput', { ...out, ingestionMode: 'SOME' }, 'in a mode that is not there');
  const { datasetExportJobArn } = await creates('DatasetExportJob', { ...out, ingestionMode: 'ALL' }, ['datasetArn']);
  await until('DatasetExportJob', datasetExportJobArn);
  await same('DescribeDatasetExportJob', 'says its mode', (await describes('DatasetExportJob', datasetExportJobArn)).ingestionMode, 'ALL');
  await lists('DatasetExportJob', { datasetArn: shop.Interactions }, [datasetExportJobArn]);
  await busy('DatasetExportJob', shop, (n) => ({ ...out, jobName: named(`export-${n}`) }));

  await put('gone/list.csv', `USER_ID\n${users.at(-1)}\n`);
  const gone = {
    jobName: named('forget'), datasetGroupArn: shop.datasetGroupArn, roleArn, dataSource: { dataLocation: location('gone/') },
  };
  await refused('CreateDataDeletionJob', 'InvalidInput', { ...gone, dataSource: { dataLocation: 'nowhere' } }, 'from no location');
  const { dataDeletionJobArn } = await creates('DataDeletionJob', gone, ['datasetGroupArn']);
  const job = await until('DataDeletionJob', dataDeletionJobArn, ['COMPLETED']);
  await holds('DescribeDataDeletionJob', 'says how many records went', () => assert.ok(job.numDeleted >= 13, `${job.numDeleted}`));
  await describes('DataDeletionJob', dataDeletionJobArn);
  await lists('DataDeletionJob', { datasetGroupArn: shop.datasetGroupArn }, [dataDeletionJobArn]);
  await busy('DataDeletionJob', shop, (n) => ({ ...gone, jobName: named(`forget-${n}`) }), ['COMPLETED']);
}

/** UpdateDataset, and the deletes of what datasets() made. */
export async function updates(shop) {
  const wider = schemaOf('Users', [text('USER_ID'), text('PLAN', { categorical: true }), number('AGE', 'int')]);
  const { schemaArn } = await call('CreateSchema', { name: named('wider'), schema: wider });
  const good = { datasetArn: shop.Users, schemaArn };
  await refused('UpdateDataset', 'InvalidInput', { ...good, datasetArn: shop.Interactions }, 'of interactions');
  await refused('UpdateDataset', 'InvalidInput', { ...good, schemaArn: shop.schemas.Items }, 'with the schema of another type');
  await refused('UpdateDataset', 'InvalidInput', { datasetArn: shop.Users }, 'without a schema');
  await refused('UpdateDataset', 'ResourceNotFound', { ...good, schemaArn: missing(schemaArn) }, 'to a schema that is not there');
  await refused('UpdateDataset', 'ResourceNotFound', { ...good, datasetArn: missing(shop.Users) }, 'of what is not there');
  await call('UpdateDataset', good);
  const { dataset } = await call('DescribeDataset', { datasetArn: shop.Users }, 'after an update');
  await same('DescribeDataset', 'shows the update', [dataset.schemaArn, dataset.latestDatasetUpdate.status], [schemaArn, 'ACTIVE']);
  shop.schemas.wider = schemaArn;
}

export async function removal(shop) {
  const { datasetGroupArn } = shop;
  for (const [type, again] of [['Interactions', 'Interactions'], ['Items', 'Items'], ['Users', 'wider']]) {
    const once = { name: named(type), schemaArn: shop.schemas[again], datasetGroupArn, datasetType: type };
    await deletes('Dataset', shop[type], once, { datasetGroupArn });
  }
  for (const schemaArn of Object.values(shop.schemas)) await call('DeleteSchema', { schemaArn }, 'when no dataset has it');
  await deletes('DatasetGroup', datasetGroupArn, { name: named('shop') });
  // With the group go its jobs.
  for (const [kind, jobName] of [['DatasetImportJob', 'import'], ['DatasetExportJob', 'export'], ['DataDeletionJob', 'forget']]) {
    const { [`${keyOf(kind)}s`]: left } = await call(`List${kind}s`, {}, 'after the group');
    await same(`List${kind}s`, 'the jobs went with their group', left.filter((one) => one.jobName === named(jobName)), []);
  }
}
