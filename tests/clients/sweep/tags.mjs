// Tags, of every kind of resource that has them.
import { call, refused, same } from './checks.mjs';
import { missing } from './kinds.mjs';

const tag = (tagKey, tagValue = 'value') => ({ tagKey, tagValue });
const numbered = (from, count) => Array.from({ length: count }, (_, i) => tag(`key-${from + i}`));

export async function tags(shop, { schemaArn, others }) {
  const { datasetGroupArn, Interactions, tracker, filter, popular, version, campaign } = shop;
  for (const resourceArn of [datasetGroupArn, Interactions, tracker, filter, popular, version, campaign, ...others]) {
    const before = (await call('ListTagsForResource', { resourceArn }, resourceArn)).tags;
    await call('TagResource', { resourceArn, tags: [tag('team', 'night'), tag('stage', '')] }, resourceArn);
    await same('ListTagsForResource', 'what was put is there', (await call('ListTagsForResource', { resourceArn })).tags,
      [...before, tag('team', 'night'), tag('stage', '')]);
    await call('TagResource', { resourceArn, tags: [tag('team', 'day')] }, 'over a tag');
    await call('UntagResource', { resourceArn, tagKeys: ['stage', 'never-there'] }, resourceArn);
    const left = (await call('ListTagsForResource', { resourceArn })).tags;
    await same('ListTagsForResource', 'what was taken is gone', left, [...before, tag('team', 'day')]);
    await call('UntagResource', { resourceArn, tagKeys: ['team'] }, 'as it was');
  }
  const resourceArn = shop.campaign;
  for (const [operation, more] of [['TagResource', { tags: [tag('a')] }], ['UntagResource', { tagKeys: ['a'] }], ['ListTagsForResource', {}]]) {
    await refused(operation, 'ResourceNotFound', { resourceArn: missing(resourceArn), ...more }, 'of what is not there');
    await refused(operation, 'InvalidInput', { resourceArn: 'no-arn', ...more }, 'of no ARN');
    await refused(operation, 'InvalidInput', { resourceArn: schemaArn, ...more }, 'of a kind that has none');
    await refused(operation, 'InvalidInput', more, 'of nothing');
  }
  await refused('TagResource', 'InvalidInput', { resourceArn }, 'without tags');
  await refused('TagResource', 'InvalidInput', { resourceArn, tags: [tag('aws:own')] }, 'with a reserved tag');
  await refused('TagResource', 'TooManyTags', { resourceArn, tags: numbered(0, 51) }, 'with 51 tags');
  await call('TagResource', { resourceArn, tags: numbered(0, 40) }, 'with 40 tags');
  await refused('TagResource', 'TooManyTags', { resourceArn, tags: numbered(40, 20) }, 'with 20 more');
  await refused('UntagResource', 'InvalidInput', { resourceArn }, 'without keys');
  await refused('UntagResource', 'TooManyTagKeys', { resourceArn, tagKeys: numbered(0, 51).map((one) => one.tagKey) }, 'with 51 keys');
  await call('UntagResource', { resourceArn, tagKeys: numbered(0, 40).map((one) => one.tagKey) }, 'with 40 keys');
}
