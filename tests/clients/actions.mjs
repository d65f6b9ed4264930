// Actions from import to the next best one for a user, through the unmodified AWS SDK for JavaScript v3. See README.md.
import assert from 'node:assert/strict';
import * as control from '@aws-sdk/client-personalize';
import * as events from '@aws-sdk/client-personalize-events';
import * as runtime from '@aws-sdk/client-personalize-runtime';
import { createDataset, importCsv, personalize, personalizeEvents, personalizeRuntime, rejectsWith, step, suffix, until } from './client.mjs';

const users = 200;
const day = 86_400;
let state = 42;
const chance = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
const interactions = ['USER_ID,ITEM_ID,TIMESTAMP'];
const answers = ['USER_ID,ACTION_ID,EVENT_TYPE,TIMESTAMP'];
for (let user = 0; user < users; user++) {
  for (let i = 0; i < 12; i++) interactions.push(`user-${user},item-${user % 2}-${(user * 3 + i) % 20},${1_700_000_000 + 60 * i + user}`);
  for (let episode = 0; episode < 3; episode++) {
    for (const [action, own] of [['join', 0], ['install', 1]]) {
      const time = 1_700_010_000 + 15 * day * episode + 60 * user;
      answers.push(`user-${user},${action},Viewed,${time}`);
      answers.push(`user-${user},${action},${chance() < (user % 2 === own ? 0.75 : 0.1) ? 'Taken' : 'NOT_TAKEN'},${time + 30}`);
    }
  }
}
const actions = 'ACTION_ID,KIND,VALUE,REPEAT_FREQUENCY,EXPIRATION_TIMESTAMP\njoin,offer,1,10,\ninstall,offer,5,10,\nover,offer,9,,1600000000\n';

const { datasetGroupArn } = await step('CreateDatasetGroup', () =>
  personalize.send(new control.CreateDatasetGroupCommand({ name: `actions-${suffix}` })));
const text = (name) => ({ name, type: 'string' });
const when = { name: 'TIMESTAMP', type: 'long' };
const optional = (name) => ({ name, type: ['long', 'null'] });
const { datasetArn: itemsSeen } = await createDataset(datasetGroupArn, 'Interactions', [text('USER_ID'), text('ITEM_ID'), when]);
const { datasetArn: actionsArn } = await createDataset(datasetGroupArn, 'Actions', [
  text('ACTION_ID'), { ...text('KIND'), categorical: true }, optional('VALUE'), optional('REPEAT_FREQUENCY'), optional('EXPIRATION_TIMESTAMP'),
]);
const { datasetArn: answersArn } = await createDataset(
  datasetGroupArn, 'Action_Interactions', [text('USER_ID'), text('ACTION_ID'), text('EVENT_TYPE'), when]);
await step('imports', async () => {
  await importCsv('seen', itemsSeen, interactions.join('\n'));
  await importCsv('actions', actionsArn, actions);
  await importCsv('answers', answersArn, answers.join('\n'));
});
const { trackingId } = await step('DescribeDataset tells the tracking id', async () =>
  (await personalize.send(new control.DescribeDatasetCommand({ datasetArn: answersArn }))).dataset);
assert.match(trackingId, /^[0-9a-f-]{36}$/);

const campaignArn = await step('train and deploy aws-next-best-action', async () => {
  const { solutionArn } = await personalize.send(new control.CreateSolutionCommand({
    name: `next-${suffix}`, datasetGroupArn, recipeArn: 'arn:aws:personalize:::recipe/aws-next-best-action', performAutoTraining: false,
  }));
  const { solutionVersionArn } = await personalize.send(new control.CreateSolutionVersionCommand({ solutionArn }));
  await until('ACTIVE', async () =>
    (await personalize.send(new control.DescribeSolutionVersionCommand({ solutionVersionArn }))).solutionVersion);
  const { metrics } = await personalize.send(new control.GetSolutionMetricsCommand({ solutionVersionArn }));
  assert.ok(metrics.coverage > 0.5, JSON.stringify(metrics));
  const created = await personalize.send(new control.CreateCampaignCommand({ name: `next-${suffix}`, solutionVersionArn }));
  await until('ACTIVE', async () =>
    (await personalize.send(new control.DescribeCampaignCommand({ campaignArn: created.campaignArn }))).campaign);
  return created.campaignArn;
});
const recommend = async (userId, request = {}) => (await personalizeRuntime.send(
  new runtime.GetActionRecommendationsCommand({ campaignArn, userId, ...request }))).actionList;

await step('GetActionRecommendations: what the taste takes comes first', async () => {
  let first = 0;
  for (let user = 0; user < 20; user++) {
    const list = await recommend(`user-${user}`);
    assert.equal(list.length, 2);
    assert.ok(list[0].score >= list[1].score && list[1].score > 0 && list[0].score < 1, JSON.stringify(list));
    if (list[0].actionId === ['join', 'install'][user % 2]) first++;
  }
  assert.ok(first >= 17, `${first} of 20`);
});
await step('PutActionInteractions: an answer holds for the repeat frequency', async () => {
  await personalizeEvents.send(new events.PutActionInteractionsCommand({
    trackingId, actionInteractions: [{ actionId: 'join', userId: 'user-0', sessionId: 's', eventType: 'TAKEN', timestamp: new Date() }],
  }));
  assert.deepEqual((await recommend('user-0')).map((action) => action.actionId), ['install']);
});
await step('PutActions: a new action is offered without a score', async () => {
  await personalizeEvents.send(new events.PutActionsCommand({
    datasetArn: actionsArn, actions: [{ actionId: 'greet', properties: JSON.stringify({ kind: 'news' }) }],
  }));
  assert.deepEqual((await recommend('user-1')).at(-1), { actionId: 'greet', score: 0 });
});
await step('a filter of actions', async () => {
  const { filterArn } = await personalize.send(new control.CreateFilterCommand({
    name: `news-${suffix}`, datasetGroupArn, filterExpression: 'INCLUDE ActionID WHERE Actions.KIND IN ($KIND)',
  }));
  await until('ACTIVE', async () => (await personalize.send(new control.DescribeFilterCommand({ filterArn }))).filter);
  const list = await recommend('user-1', { filterArn, filterValues: { KIND: '"news"' } });
  assert.deepEqual(list.map((action) => action.actionId), ['greet']);
});
await step('what is wrong is refused', async () => {
  await rejectsWith(runtime.InvalidInputException, () => recommend('user-1', { numResults: 101 }), '101');
  await rejectsWith(events.InvalidInputException, () => personalizeEvents.send(new events.PutActionInteractionsCommand({
    trackingId, actionInteractions: [{ actionId: 'join', sessionId: 's', eventType: 'Clicked', timestamp: new Date() }],
  })), 'Taken, Not Taken or Viewed');
  await rejectsWith(runtime.InvalidInputException, () => personalizeRuntime.send(
    new runtime.GetRecommendationsCommand({ campaignArn, userId: 'user-1' })), 'GetActionRecommendations');
});
console.log('life cycle complete');
