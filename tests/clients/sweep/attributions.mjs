// Metric attributions.
import assert from 'node:assert/strict';
import { roleArn } from '../client.mjs';
import { call, client, control, holds, named, refused, same } from './checks.mjs';
import { location } from './datasets.mjs';
import { creates, deletes, describes, lists, missing, refusesPages } from './kinds.mjs';

export async function attributions(shop) {
  const { datasetGroupArn } = shop;
  const metric = (metricName, expression = 'SAMPLECOUNT()') => ({ eventType: 'View', metricName, expression });
  const good = {
    name: named('attribution'), datasetGroupArn, metrics: [metric('views'), metric('worth', 'SUM(Items.PRICE)')],
    metricsOutputConfig: { roleArn, s3DataDestination: { path: location('reports/') } },
  };
  await refused('CreateMetricAttribution', 'InvalidInput', { ...good, metrics: [metric('m', 'SUM(Items.NONE)')] }, 'of a column that is not there');
  await refused('CreateMetricAttribution', 'InvalidInput', { ...good, metricsOutputConfig: {} }, 'without a role');
  const { metricAttributionArn } = await creates('MetricAttribution', good, ['datasetGroupArn']);
  await same('DescribeMetricAttribution', 'says where its reports go',
    (await describes('MetricAttribution', metricAttributionArn)).metricsOutputConfig, good.metricsOutputConfig);
  await lists('MetricAttribution', { datasetGroupArn }, [metricAttributionArn]);
  await refused('CreateMetricAttribution', 'LimitExceeded', { ...good, name: named('second') }, 'where the group has one');
  await refused('DeleteDatasetGroup', 'ResourceInUse', { datasetGroupArn }, 'while it has a metric attribution');

  const update = { metricAttributionArn, addMetrics: [metric('more')], removeMetrics: ['worth'] };
  await refused('UpdateMetricAttribution', 'InvalidInput', { ...update, metricAttributionArn: undefined }, 'of nothing');
  await refused('UpdateMetricAttribution', 'InvalidInput', { ...update, removeMetrics: ['none'] }, 'without a metric that is not there');
  await refused('UpdateMetricAttribution', 'ResourceNotFound',
    { ...update, metricAttributionArn: missing(metricAttributionArn) }, 'of what is not there');
  await refused('UpdateMetricAttribution', 'ResourceAlreadyExists',
    { metricAttributionArn, addMetrics: [metric('views')] }, 'by a metric that is there');
  await call('UpdateMetricAttribution', update);
  const { metrics } = await call('ListMetricAttributionMetrics', { metricAttributionArn });
  await same('ListMetricAttributionMetrics', 'shows the update', metrics, [metric('views'), metric('more')]);
  await holds('ListMetricAttributionMetrics', 'the paginator goes through pages of one', async () => {
    const names = [];
    for await (const page of control.paginateListMetricAttributionMetrics({ client, pageSize: 1 }, { metricAttributionArn }))
      names.push(...page.metrics.map((one) => one.metricName));
    assert.deepEqual(names, ['views', 'more']);
  });
  await refusesPages('ListMetricAttributionMetrics', { metricAttributionArn });
  await deletes('MetricAttribution', metricAttributionArn, good, { datasetGroupArn });
}
