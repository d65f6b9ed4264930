// Batch inference and batch segment jobs.
import { roleArn } from '../client.mjs';
import { arnMember, call, limited, named, refused, same, until } from './checks.mjs';
import { items, location, put, users } from './datasets.mjs';
import { creates, describes, lists, missing } from './kinds.mjs';

export async function batches(shop) {
  await put('batch/users.json', users.map((userId) => JSON.stringify({ userId })).join('\n'));
  await put('segment/items.json', items.map((itemId) => JSON.stringify({ itemId })).join('\n'));
  for (const [kind, version, other, input] of [
    ['BatchInferenceJob', shop.version, shop.affinity, 'batch/users.json'], ['BatchSegmentJob', shop.affinity, shop.version, 'segment/items.json'],
  ]) {
    const operation = `Create${kind}`;
    const good = {
      jobName: named(kind), solutionVersionArn: version, roleArn, numResults: 3,
      jobInput: { s3DataSource: { path: location(input) } }, jobOutput: { s3DataDestination: { path: location('out/') } },
    };
    await refused(operation, 'InvalidInput', { ...good, solutionVersionArn: other }, "of a recipe of the other kind");
    await refused(operation, 'InvalidInput', { ...good, jobInput: { s3DataSource: { path: 'nowhere' } } }, 'from no location');
    await refused(operation, 'InvalidInput', { ...good, jobInput: {} }, 'without what the input needs');
    await refused(operation, 'ResourceNotFound', { ...good, filterArn: missing(shop.filter) }, 'with a filter that is not there');
    const answer = await creates(kind, good, ['solutionVersionArn']);
    const arn = answer[arnMember(kind)];
    const job = await until(kind, arn);
    await same(`Describe${kind}`, 'says what was asked for',
      [job.jobInput.s3DataSource.path, job.jobOutput.s3DataDestination.path, job.numResults, job.solutionVersionArn],
      [location(input), location('out/'), 3, version]);
    await describes(kind, arn);
    await lists(kind, { solutionVersionArn: version }, [arn]);
    const lost = await call(operation,
      { ...good, jobName: named(`lost-${kind}`), jobInput: { s3DataSource: { path: location('none.json') } } }, 'of a file that is not there');
    await until(kind, lost[arnMember(kind)], ['CREATE FAILED']);
    const made = await limited(operation, (n) => ({ ...good, jobName: named(`${kind}-${n}`) }), { atOnce: true });
    for (const one of made) await until(kind, one[arnMember(kind)]);
  }
}
