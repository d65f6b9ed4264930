// What holds for every kind of resource: how it is made, described, listed and deleted, and what of it is refused.
import assert from 'node:assert/strict';
import { arnMember, call, client, control, holds, keyOf, refused, same } from './checks.mjs';
import { errorsOf, requiredOf } from './model.mjs';

const manyTags = Array.from({ length: 51 }, (_, i) => ({ tagKey: `key-${i}`, tagValue: 'value' }));
const listKey = (kind) => (kind === 'Filter' ? 'Filters' : `${keyOf(kind)}s`);

/** The ARN of something of the same kind that there is not. */
export const missing = (arn) => (arn.includes(':dataset/') ? arn.replace(/:dataset\/[^/]+/, ':dataset/none') : `${arn}0`);

/**
 * Makes one, after everything that is to be refused.
 * @param parents the members of good that name other resources
 */
export async function creates(kind, good, parents = []) {
  const operation = `Create${kind}`;
  const errors = errorsOf(operation);
  for (const member of requiredOf(operation))
    await refused(operation, 'InvalidInput', { ...good, [member]: undefined }, `without ${member}`);
  for (const member of ['name', 'jobName'].filter((name) => name in good)) {
    for (const name of ['', 'two words', '-first', 'n'.repeat(64)])
      await refused(operation, 'InvalidInput', { ...good, [member]: name }, `named '${name.slice(0, 10)}'`);
  }
  for (const member of parents) {
    await refused(operation, 'InvalidInput', { ...good, [member]: 'no-arn' }, `with no ARN as ${member}`);
    await refused(operation, 'ResourceNotFound', { ...good, [member]: missing(good[member]) }, `of a ${member} that is not there`);
  }
  if (errors.has('TooManyTagsException')) {
    await refused(operation, 'TooManyTags', { ...good, tags: manyTags }, 'with 51 tags');
    await refused(operation, 'InvalidInput', { ...good, tags: [{ tagKey: 'aws:mine', tagValue: '' }] }, 'with a reserved tag');
    await refused(operation, 'InvalidInput', { ...good, tags: [{ tagKey: 'a', tagValue: '' }, { tagKey: 'a', tagValue: '' }] }, 'with a tag twice');
  }
  const tagged = errors.has('TooManyTagsException') ? { ...good, tags: [{ tagKey: 'sweep', tagValue: kind }] } : good;
  const answer = await call(operation, tagged);
  if (errors.has('ResourceAlreadyExistsException')) await refused(operation, 'ResourceAlreadyExists', tagged, 'a second time');
  return answer;
}

/** Describes one, and what there is not. */
export async function describes(kind, arn, other = arn.replace(/:[a-z-]+\/.*/, ':schema/any')) {
  const [operation, member] = [`Describe${kind}`, arnMember(kind)];
  const answer = (await call(operation, { [member]: arn }))[keyOf(kind)];
  await refused(operation, 'ResourceNotFound', { [member]: missing(arn) }, 'of what is not there');
  await refused(operation, 'InvalidInput', { [member]: 'no-arn' }, 'of no ARN');
  await refused(operation, 'InvalidInput', {}, 'of nothing');
  if (kind !== 'Schema') await refused(operation, 'InvalidInput', { [member]: other }, "of another kind's ARN");
  return answer;
}

/**
 * Lists page by page, by hand and with the paginator of the SDK, and holds the entries against what Describe says.
 * @param narrowed what the list is narrowed by, such as a dataset group
 * @param expected the ARNs that are to come, and no others where the list is narrowed
 */
export async function lists(kind, narrowed, expected) {
  const [operation, key, member] = [`List${kind}s`, listKey(kind), arnMember(kind)];
  const entries = [];
  let nextToken;
  do {
    const page = await call(operation, { ...narrowed, maxResults: 1, nextToken }, `page ${entries.length + 1}`);
    if (page[key].length > 1) throw new Error(`${operation} gave ${page[key].length} entries where 1 was asked for.`);
    entries.push(...page[key]);
    nextToken = page.nextToken;
  } while (nextToken);
  const arns = entries.map((entry) => entry[member]);
  const own = Object.keys(narrowed).length > 0 ? arns : arns.filter((arn) => expected.includes(arn));
  await same(operation, 'pages of one hold all, each once', own.sort(), [...expected].sort());

  const paginate = control[`paginateList${kind}s`];
  if (paginate) {
    await holds(operation, 'the paginator goes to the end', async () => {
      const paged = [];
      for await (const page of paginate({ client, pageSize: 2 }, narrowed)) paged.push(...page[key].map((entry) => entry[member]));
      assert.deepEqual(paged.sort(), arns.sort());
    });
  }
  for (const entry of entries.filter((one) => expected.includes(one[member]))) {
    const described = (await call(`Describe${kind}`, { [member]: entry[member] }))[keyOf(kind)];
    const shared = Object.fromEntries(Object.keys(entry).filter((name) => name in described).map((name) => [name, described[name]]));
    await same(operation, `an entry says what Describe${kind} says`, entry, { ...entry, ...shared });
  }
  await refusesPages(operation, narrowed);
}

/** What every list refuses. */
export async function refusesPages(operation, narrowed) {
  await refused(operation, 'InvalidNextToken', { ...narrowed, nextToken: 'made-up' }, 'for a token that no list gave');
  if (!errorsOf(operation).has('InvalidInputException')) return;
  await refused(operation, 'InvalidInput', { ...narrowed, maxResults: 101 }, 'for pages of 101');
  await refused(operation, 'InvalidInput', { ...narrowed, maxResults: -1 }, 'for pages of -1');
  for (const member of Object.keys(narrowed).filter((name) => name.endsWith('Arn')))
    await refused(operation, 'InvalidInput', { ...narrowed, [member]: 'no-arn' }, `for no ARN as ${member}`);
}

/**
 * Deletes one, which is seen at once: it is not described and not listed, and its name is free.
 * @param again what makes one of the same name
 */
export async function deletes(kind, arn, again, narrowed = {}) {
  const [operation, member] = [`Delete${kind}`, arnMember(kind)];
  await refused(operation, 'InvalidInput', { [member]: 'no-arn' }, 'of no ARN');
  await refused(operation, 'InvalidInput', {}, 'of nothing');
  await refused(operation, 'ResourceNotFound', { [member]: missing(arn) }, 'of what is not there');
  await call(operation, { [member]: arn });
  await refused(`Describe${kind}`, 'ResourceNotFound', { [member]: arn }, 'after it was deleted');
  await refused(operation, 'ResourceNotFound', { [member]: arn }, 'after it was deleted');
  const listed = (await call(`List${kind}s`, narrowed, 'after the delete'))[listKey(kind)].map((entry) => entry[member]);
  await same(`List${kind}s`, 'what was deleted is not listed', listed.filter((one) => one === arn), []);
  if (!again) return;
  const made = (await call(`Create${kind}`, again, 'under the name of one that was deleted'))[member];
  await same(`Create${kind}`, 'the ARN is the same again', kind === 'EventTracker' ? arn : made, arn);
  await call(operation, { [member]: made }, 'once more');
}
