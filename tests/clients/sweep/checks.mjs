// Calls that are checked, and what was found. Each check prints one line; nothing stops at the first surprise but what depends on it.
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import * as control from '@aws-sdk/client-personalize';
import * as events from '@aws-sdk/client-personalize-events';
import * as runtime from '@aws-sdk/client-personalize-runtime';
import { settings, suffix } from '../client.mjs';
import { errorsOf, faultsOf, operations } from './model.mjs';

// One attempt: the SDK would take LimitExceededException for throttling and wait, and repeat what failed inside.
const once = { ...settings, maxAttempts: 1 };
const services = {
  personalize: { library: control, client: new control.PersonalizeClient(once), base: control.PersonalizeServiceException },
  'personalize-runtime': { library: runtime, client: new runtime.PersonalizeRuntimeClient(once), base: runtime.PersonalizeRuntimeServiceException },
  'personalize-events': { library: events, client: new events.PersonalizeEventsClient(once), base: events.PersonalizeEventsServiceException },
};
export const client = services.personalize.client;
export { control };

const called = new Set();
const refusedWith = new Map(); // operation → the errors that it was seen to give
let checks = 0;
let failures = 0;

export const named = (name) => `${name}-${suffix}`;

function report(operation, what, faults) {
  checks++;
  if (faults.length > 0) failures++;
  console.log(faults.length === 0 ? `ok ${operation}: ${what}` : `FAILED ${operation}: ${what}: ${faults.join('; ')}`);
}

async function send(operation, input) {
  const { library, client: own } = services[operations.get(operation).service];
  const command = new library[`${operation}Command`](input);
  const wire = { body: '' };
  // The last one before the network: it sees the body that came, and hands it on.
  command.middlewareStack.add((next) => async (args) => {
    const result = await next(args);
    const parts = [];
    for await (const part of result.response.body) parts.push(Buffer.from(part));
    wire.body = Buffer.concat(parts).toString('utf8');
    result.response.body = Readable.from(parts);
    return result;
  }, { step: 'deserialize', priority: 'low' });
  const { $metadata, ...answer } = await own.send(command);
  return { answer, $metadata, wire: wire.body === '' ? {} : JSON.parse(wire.body) };
}

/** Calls an operation that is to succeed, and walks its answer. Throws what it is refused with. */
export async function call(operation, input = {}, what = 'answers as the model has it') {
  let sent;
  try {
    sent = await send(operation, input);
  } catch (error) {
    report(operation, what, [`${error.name}: ${error.message}`]);
    throw new Error(`${operation} was to succeed.`, { cause: error });
  }
  called.add(operation);
  const { answer, $metadata, wire } = sent;
  const faults = [...faultsOf(operation, wire, 'wire'), ...faultsOf(operation, answer, 'sdk')];
  if ($metadata.httpStatusCode !== 200) faults.push(`the status is ${$metadata.httpStatusCode}`);
  if (!$metadata.requestId) faults.push('no request id came');
  report(operation, what, faults);
  return answer;
}

/** Calls an operation that is to be refused with an error of the contract. */
export async function refused(operation, error, input, what) {
  const shape = `${error}Exception`;
  try {
    await send(operation, input);
    report(operation, `${error} ${what}`, ['it was answered']);
  } catch (thrown) {
    report(operation, `${error} ${what}`, faultsOfError(operation, shape, thrown));
  }
}

function faultsOfError(operation, shape, thrown) {
  const { library, base } = services[operations.get(operation).service];
  const status = errorsOf(operation).get(shape);
  if (status === undefined) return [`the contract of ${operation} has no ${shape}`];
  if (thrown.name !== shape) return [`${thrown.name} came: ${thrown.message}`];
  note(operation, shape);
  const faults = [];
  if (!(thrown instanceof library[shape] && thrown instanceof base && thrown instanceof Error)) faults.push('it is not of the class of the SDK');
  if (thrown.$fault !== 'client') faults.push(`$fault is ${thrown.$fault}`);
  if (thrown.$metadata.httpStatusCode !== status) faults.push(`the status is ${thrown.$metadata.httpStatusCode}, not ${status}`);
  if (!(typeof thrown.message === 'string' && thrown.message.length > 10 && thrown.message !== 'UnknownError')) faults.push('it says nothing');
  return faults;
}

function note(operation, shape) {
  if (!refusedWith.has(operation)) refusedWith.set(operation, new Set());
  refusedWith.get(operation).add(shape);
}

/** Calls until the limit is met, in a row, or with many at once where the limit is on what is unfinished. */
export async function limited(operation, inputOf, { atOnce = false, undo = () => {} } = {}) {
  const made = [];
  let met;
  for (let n = 0; n < 600 && met === undefined; n += atOnce ? 40 : 1) {
    const tries = Array.from({ length: atOnce ? 40 : 1 }, (_, i) => send(operation, inputOf(n + i)));
    for (const { status, value, reason } of await Promise.allSettled(tries)) {
      if (status === 'fulfilled') made.push(value.answer);
      else met = reason;
    }
  }
  report(operation, `LimitExceeded after ${made.length} more`,
    met === undefined ? ['no limit was met'] : faultsOfError(operation, 'LimitExceededException', met));
  for (const answer of made) await undo(answer);
  return made;
}

/** A check of what came, beyond what the model says. */
export async function holds(operation, what, action) {
  try {
    await action();
    report(operation, what, []);
  } catch (error) {
    report(operation, what, [error.message.split('\n').slice(0, 12).join(' ')]);
  }
}

export const same = (operation, what, actual, expected) => holds(operation, what, () => assert.deepEqual(actual, expected));

/** Polls, as clients do, until the resource has one of the statuses; only the last answer is a check. */
export async function until(kind, arn, statuses = ['ACTIVE'], part = (resource) => resource) {
  const operation = `Describe${kind}`;
  const input = { [arnMember(kind)]: arn };
  for (const deadline = Date.now() + 120_000; ;) {
    const status = part((await send(operation, input)).answer[keyOf(kind)])?.status;
    if (statuses.includes(status)) break;
    assert.ok(Date.now() < deadline && !(status ?? '').includes('FAILED'), `${arn} is ${status}, not ${statuses}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return (await call(operation, input, `is ${statuses}`))[keyOf(kind)];
}

export const keyOf = (kind) => kind[0].toLowerCase() + kind.slice(1);
export const arnMember = (kind) => `${keyOf(kind)}Arn`;

/** Runs a part of the sweep; what it could not go on from is a failure, and the next part runs all the same. */
export async function part(name, action) {
  try {
    return await action();
  } catch (error) {
    report(name, 'goes to its end', [`${error.message} ${error.cause ?? error.stack}`]);
    return undefined;
  }
}

/** Prints the summary. @param unreachable see unreachable.mjs. @returns whether everything was as it has to be. */
export function summarize(unreachable) {
  for (const operation of operations.keys()) {
    for (const shape of errorsOf(operation).keys()) {
      const seen = refusedWith.get(operation)?.has(shape) ?? false;
      const reason = unreachable(operation, shape.replace('Exception', ''));
      if (!seen && !reason) report(operation, `${shape} is seen`, ['it was not, and no reason is given']);
      if (seen && reason) report(operation, `${shape} is never seen`, [`it was, against: ${reason}`]);
    }
  }
  const all = [...operations.keys()];
  console.log(`called ${all.filter((operation) => called.has(operation)).join(' ')}`);
  console.log(`refused ${all.filter((operation) => refusedWith.has(operation)).join(' ')}`);
  console.log(`${checks} checks, ${failures} failed`);
  return failures === 0;
}
