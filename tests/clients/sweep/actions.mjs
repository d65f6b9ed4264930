// Actions: records of them, answers to them, and what is recommended.
import assert from 'node:assert/strict';
import { roleArn } from '../client.mjs';
import { interactionsCsv } from '../tastes.mjs';
import { call, holds, named, refused, same, until } from './checks.mjs';
import { interactionFields, location, put, schemaOf, text, users } from './datasets.mjs';
import { missing } from './kinds.mjs';
import { recipe } from './models.mjs';

const when = { name: 'TIMESTAMP', type: 'long' };
const fields = {
  Interactions: interactionFields,
  Actions: [text('ACTION_ID'), text('KIND', { categorical: true })],
  Action_Interactions: [text('USER_ID'), text('ACTION_ID'), text('EVENT_TYPE'), when],
};

export async function actions() {
  const { datasetGroupArn } = await call('CreateDatasetGroup', { name: named('offers') });
  const answers = users.flatMap((user, i) => ['join', 'install'].flatMap((action, at) => [
    `${user},${action},Viewed,${1_700_010_000 + 60 * i}`, `${user},${action},${i % 2 === at ? 'Taken' : 'Not Taken'},${1_700_010_030 + 60 * i}`]));
  const data = {
    Interactions: interactionsCsv(), Actions: 'ACTION_ID,KIND\njoin,offer\ninstall,offer\n',
    Action_Interactions: `USER_ID,ACTION_ID,EVENT_TYPE,TIMESTAMP\n${answers.join('\n')}\n`,
  };
  const [arns, schemas] = [{}, []];
  for (const [datasetType, own] of Object.entries(fields)) {
    const name = datasetType.replace('_', '');
    const { schemaArn } = await call('CreateSchema', { name: named(`offers-${name}`), schema: schemaOf(name, own) }, `of ${datasetType}`);
    schemas.push(schemaArn);
    arns[datasetType] = (await call('CreateDataset', { name: named(name), schemaArn, datasetGroupArn, datasetType }, `of ${datasetType}`)).datasetArn;
    await put(`offers/${name}.csv`, data[datasetType]);
    const { datasetImportJobArn } = await call('CreateDatasetImportJob', {
      jobName: named(`offers-${name}`), datasetArn: arns[datasetType], roleArn, dataSource: { dataLocation: location(`offers/${name}.csv`) },
    }, `of ${datasetType}`);
    await until('DatasetImportJob', datasetImportJobArn);
  }
  const { dataset } = await call('DescribeDataset', { datasetArn: arns.Action_Interactions }, 'of action interactions');
  await puts(arns, dataset.trackingId);

  const { solutionArn } = await call('CreateSolution', {
    name: named('offers'), datasetGroupArn, recipeArn: recipe('aws-next-best-action'), performAutoTraining: false,
  }, 'of actions');
  const { solutionVersionArn } = await call('CreateSolutionVersion', { solutionArn }, 'of actions');
  await until('SolutionVersion', solutionVersionArn);
  const { campaignArn } = await call('CreateCampaign', { name: named('offers'), solutionVersionArn }, 'of actions');
  await until('Campaign', campaignArn);
  const good = { campaignArn, userId: users[0], numResults: 5 };
  await refused('GetActionRecommendations', 'InvalidInput', { ...good, campaignArn: undefined }, 'without a campaign');
  await refused('GetActionRecommendations', 'InvalidInput', { ...good, userId: undefined }, 'without a user');
  await refused('GetActionRecommendations', 'InvalidInput', { ...good, numResults: 101 }, 'of 101 actions');
  await refused('GetActionRecommendations', 'ResourceNotFound', { ...good, campaignArn: missing(campaignArn) }, 'of what is not there');
  await refused('GetRecommendations', 'InvalidInput', { campaignArn, userId: users[0] }, 'of a campaign of actions');
  const { actionList } = await call('GetActionRecommendations', good);
  await holds('GetActionRecommendations', 'the best action first', () =>
    assert.ok(actionList.length >= 2 && actionList.every((one, i) => i === 0 || one.score <= actionList[i - 1].score), JSON.stringify(actionList)));

  await call('DeleteCampaign', { campaignArn });
  await call('DeleteSolution', { solutionArn });
  for (const datasetArn of Object.values(arns)) await call('DeleteDataset', { datasetArn });
  for (const schemaArn of schemas) await call('DeleteSchema', { schemaArn });
  await call('DeleteDatasetGroup', { datasetGroupArn });
}

async function puts(arns, trackingId) {
  const record = { actionId: 'greet', properties: JSON.stringify({ kind: 'news' }) };
  const put = { datasetArn: arns.Actions, actions: [record] };
  await refused('PutActions', 'InvalidInput', { actions: [record] }, 'without a dataset');
  await refused('PutActions', 'InvalidInput', { datasetArn: arns.Actions }, 'without actions');
  await refused('PutActions', 'InvalidInput', { ...put, actions: Array(11).fill(record) }, 'with 11 actions');
  await refused('PutActions', 'InvalidInput', { ...put, datasetArn: arns.Interactions }, "into another type's dataset");
  await refused('PutActions', 'ResourceNotFound', { ...put, datasetArn: missing(arns.Actions) }, 'into what is not there');
  await call('PutActions', put);

  const answer = { actionId: 'join', userId: users[0], sessionId: 'session', eventType: 'Viewed', timestamp: new Date() };
  const good = { trackingId, actionInteractions: [answer] };
  await refused('PutActionInteractions', 'InvalidInput', { actionInteractions: [answer] }, 'without a tracking id');
  await refused('PutActionInteractions', 'InvalidInput', { trackingId }, 'without interactions');
  await refused('PutActionInteractions', 'InvalidInput',
    { ...good, actionInteractions: [{ ...answer, eventType: 'Clicked' }] }, 'of a type that is not there');
  await refused('PutActionInteractions', 'ResourceNotFound', { ...good, trackingId: '00000000-0000-0000-0000-000000000000' }, 'of what is not there');
  await call('PutActionInteractions', good);
  await same('PutActionInteractions', 'a tracking id is a UUID', /^[0-9a-f-]{36}$/.test(trackingId), true);
}
