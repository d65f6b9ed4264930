// Event trackers, streamed records, filters, and what is recommended.
import assert from 'node:assert/strict';
import { call, holds, limited, named, refused, same } from './checks.mjs';
import { items, users } from './datasets.mjs';
import { creates, deletes, describes, lists, missing } from './kinds.mjs';

const many = (n, make) => Array.from({ length: n }, (_, i) => make(i));

export async function trackers(shop) {
  const { datasetGroupArn } = shop;
  const good = { name: named('tracker'), datasetGroupArn };
  const { eventTrackerArn, trackingId } = await creates('EventTracker', good, ['datasetGroupArn']);
  Object.assign(shop, { tracker: eventTrackerArn, trackingId });
  await same('DescribeEventTracker', 'says its id', (await describes('EventTracker', eventTrackerArn)).trackingId, trackingId);
  await lists('EventTracker', { datasetGroupArn }, [eventTrackerArn]);
}

export async function records(shop) {
  const event = { eventType: 'View', itemId: items[0], sentAt: new Date() };
  const good = { trackingId: shop.trackingId, userId: users[0], sessionId: 'session', eventList: [event] };
  for (const member of ['trackingId', 'sessionId', 'eventList'])
    await refused('PutEvents', 'InvalidInput', { ...good, [member]: undefined }, `without ${member}`);
  await refused('PutEvents', 'InvalidInput', { ...good, eventList: [] }, 'without events');
  await refused('PutEvents', 'InvalidInput', { ...good, eventList: many(11, () => event) }, 'with 11 events');
  await refused('PutEvents', 'InvalidInput', { ...good, eventList: [{ ...event, properties: 'no JSON' }] }, 'with properties that are no JSON');
  await refused('PutEvents', 'InvalidInput', { ...good, trackingId: '00000000-0000-0000-0000-000000000000' }, 'of a tracker that is not there');
  await call('PutEvents', good);
  await call('PutEvents', {
    ...good, eventList: many(10, (i) => ({ ...event, itemId: items[i], eventId: `event-${i}`, eventValue: i, impression: items.slice(0, 5),
      properties: JSON.stringify({}), metricAttribution: { eventAttributionSource: 'sweep' } })),
  }, 'with all that an event can have');

  for (const [operation, list, record, datasetArn, other] of [
    ['PutItems', 'items', { itemId: 'new-item', properties: JSON.stringify({ kind: 'book', price: 3 }) }, shop.Items, shop.Users],
    ['PutUsers', 'users', { userId: 'new-user', properties: JSON.stringify({ plan: 'free' }) }, shop.Users, shop.Items],
  ]) {
    const put = { datasetArn, [list]: [record] };
    await refused(operation, 'InvalidInput', { [list]: [record] }, 'without a dataset');
    await refused(operation, 'InvalidInput', { datasetArn }, `without ${list}`);
    await refused(operation, 'InvalidInput', { datasetArn, [list]: many(11, () => record) }, `with 11 ${list}`);
    await refused(operation, 'InvalidInput', { datasetArn: other, [list]: [record] }, "into another type's dataset");
    await refused(operation, 'InvalidInput', { datasetArn, [list]: [{ ...record, properties: '[]' }] }, 'with properties that are no object');
    await refused(operation, 'ResourceNotFound', { ...put, datasetArn: missing(datasetArn) }, 'into what is not there');
    await call(operation, put);
  }
}

export async function filters(shop) {
  const { datasetGroupArn } = shop;
  const good = { name: named('filter'), datasetGroupArn, filterExpression: 'INCLUDE ItemID WHERE Items.KIND IN ($KIND)' };
  await refused('CreateFilter', 'InvalidInput', { ...good, filterExpression: 'INCLUDE everything' }, 'with no expression');
  await refused('CreateFilter', 'InvalidInput',
    { ...good, filterExpression: 'INCLUDE ItemID WHERE Items.NONE = 1' }, 'of a column that is not there');
  shop.filter = (await creates('Filter', good, ['datasetGroupArn'])).filterArn;
  const filter = await describes('Filter', shop.filter);
  await same('DescribeFilter', 'the expression comes back as it was given', filter.filterExpression, good.filterExpression);
  const other = { name: named('seen'), datasetGroupArn, filterExpression: 'EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("*")' };
  const { filterArn } = await call('CreateFilter', other, 'of interactions');
  await lists('Filter', { datasetGroupArn }, [shop.filter, filterArn]);
  await limited('CreateFilter', (n) => ({ ...good, name: named(`filter-${n}`) }), { undo: (made) => call('DeleteFilter', made, 'of many') });
  await deletes('Filter', filterArn, other, { datasetGroupArn });
}

export async function recommendations(shop) {
  const good = { campaignArn: shop.campaign, userId: 'user-1', numResults: 10 };
  await refused('GetRecommendations', 'InvalidInput', { ...good, campaignArn: undefined }, 'without a campaign');
  await refused('GetRecommendations', 'InvalidInput', { ...good, numResults: 501 }, 'of 501 items');
  await refused('GetRecommendations', 'InvalidInput', { ...good, filterArn: shop.filter }, 'without a value for its filter');
  await refused('GetRecommendations', 'InvalidInput', { ...good, metadataColumns: { ITEMS: ['NONE'] } }, 'with a column that is not there');
  await refused('GetRecommendations', 'ResourceNotFound', { ...good, filterArn: missing(shop.filter) }, 'with a filter that is not there');
  const { itemList, recommendationId } = await call('GetRecommendations', good);
  await same('GetRecommendations', 'ten items', new Set(itemList.map((item) => item.itemId)).size, 10);
  await holds('GetRecommendations', 'has an id', () => assert.match(recommendationId, /^.{1,40}$/));
  await same('GetRecommendations', '25 when it is not said', (await call('GetRecommendations', { campaignArn: shop.campaign })).itemList.length, 25);
  const films = await call('GetRecommendations', { ...good, filterArn: shop.filter, filterValues: { KIND: '"film"' } }, 'with a filter');
  await holds('GetRecommendations', 'only what the filter includes', () =>
    assert.ok(films.itemList.length === 10 && films.itemList.every((item) => items.indexOf(item.itemId) % 2 === 1)));
  const promoted = await call('GetRecommendations', {
    ...good, promotions: [{ name: 'books', percentPromotedItems: 50, filterArn: shop.filter, filterValues: { KIND: '"book"' } }],
  }, 'with a promotion');
  await same('GetRecommendations', 'half is promoted', promoted.itemList.filter((item) => item.promotionName === 'books').length, 5);

  const ranking = { campaignArn: shop.ranking, userId: 'user-1', inputList: items.slice(0, 5) };
  for (const member of ['campaignArn', 'userId', 'inputList'])
    await refused('GetPersonalizedRanking', 'InvalidInput', { ...ranking, [member]: undefined }, `without ${member}`);
  await refused('GetPersonalizedRanking', 'InvalidInput', { ...ranking, inputList: many(501, (i) => `item-${i}`) }, 'of 501 items');
  await refused('GetPersonalizedRanking', 'InvalidInput', { ...ranking, campaignArn: shop.campaign }, 'of a campaign that does not rank');
  await refused('GetPersonalizedRanking', 'ResourceNotFound', { ...ranking, campaignArn: missing(shop.ranking) }, 'of what is not there');
  const ranked = await call('GetPersonalizedRanking', { ...ranking, metadataColumns: { ITEMS: ['KIND'] } });
  await same('GetPersonalizedRanking', 'all that was given', ranked.personalizedRanking.map((item) => item.itemId).sort(), items.slice(0, 5).sort());
  await holds('GetPersonalizedRanking', 'with metadata', () =>
    assert.ok(ranked.personalizedRanking.every((item) => item.metadata.KIND ?? item.metadata.kind), JSON.stringify(ranked)));
}

export async function streamRemoval(shop) {
  const { datasetGroupArn } = shop;
  await refused('DeleteDataset', 'ResourceInUse', { datasetArn: shop.Interactions }, 'while there is an event tracker');
  await deletes('EventTracker', shop.tracker, { name: named('tracker'), datasetGroupArn }, { datasetGroupArn });
  await refused('DeleteDataset', 'ResourceInUse', { datasetArn: shop.Items }, 'while there is a filter');
  await call('DeleteFilter', { filterArn: shop.filter });
}
