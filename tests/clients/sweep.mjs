// Every operation through the unmodified AWS SDK for JavaScript v3, answered and refused, held against the service model. See README.md.
import { actions } from './sweep/actions.mjs';
import { attributions } from './sweep/attributions.mjs';
import { batches } from './sweep/batches.mjs';
import { recipes } from './sweep/catalogue.mjs';
import { call, named, part, summarize, until } from './sweep/checks.mjs';
import { datasets, exportsAndDeletions, groups, imports, removal, schemas, updates } from './sweep/datasets.mjs';
import { campaigns, failedTraining, modelRemoval, recipe, solutions, versions, waiting } from './sweep/models.mjs';
import { recommenders } from './sweep/recommenders.mjs';
import { filters, recommendations, records, streamRemoval, trackers } from './sweep/streams.mjs';
import { tags } from './sweep/tags.mjs';
import { unreachable } from './sweep/unreachable.mjs';

await part('recipes', recipes);
await part('schemas', schemas);
await part('groups', groups);
const shop = await part('datasets', datasets);
await part('imports', () => imports(shop));
await part('trackers', () => trackers(shop));
await part('records', () => records(shop));
await part('filters', () => filters(shop));
await part('solutions', () => solutions(shop));
await part('versions', () => versions(shop));
await part('waiting', () => waiting(shop));
await part('campaigns', () => campaigns(shop));
const more = await part('more models', moreModels);
await part('recommendations', () => recommendations(shop));
await part('batches', () => batches(shop));
await part('exports and deletions', () => exportsAndDeletions(shop));
await part('attributions', () => attributions(shop));
await part('tags', async () => tags(shop, { schemaArn: shop.schemas.Users, others: await jobsOf(shop) }));
await part('updates', () => updates(shop));
await part('failed training', failedTraining);
await part('recommenders', recommenders);
await part('actions', actions);
await part('end of models', async () => {
  await call('DeleteCampaign', { campaignArn: shop.ranking });
  for (const solutionArn of more) await call('DeleteSolution', { solutionArn });
  await modelRemoval(shop);
});
await part('end of streams', () => streamRemoval(shop));
await part('end of datasets', () => removal(shop));
process.exitCode = summarize(unreachable) ? 0 : 1;

/** A campaign that ranks, and a version that finds segments. */
async function moreModels() {
  const made = [];
  for (const [name, member] of [['aws-personalized-ranking', 'rankingVersion'], ['aws-item-affinity', 'affinity']]) {
    const { solutionArn } = await call('CreateSolution',
      { name: named(name), datasetGroupArn: shop.datasetGroupArn, recipeArn: recipe(name), performAutoTraining: false }, name);
    made.push(solutionArn);
    shop[member] = (await call('CreateSolutionVersion', { solutionArn }, name)).solutionVersionArn;
    await until('SolutionVersion', shop[member]);
  }
  shop.ranking = (await call('CreateCampaign', {
    name: named('ranking'), solutionVersionArn: shop.rankingVersion, campaignConfig: { enableMetadataWithRecommendations: true },
  }, 'that ranks')).campaignArn;
  await until('Campaign', shop.ranking);
  return made;
}

/** One job of each kind, which have tags as well. */
async function jobsOf({ Interactions: datasetArn, datasetGroupArn, version, affinity }) {
  return [
    (await call('ListDatasetImportJobs', { datasetArn })).datasetImportJobs[0].datasetImportJobArn,
    (await call('ListDatasetExportJobs', { datasetArn })).datasetExportJobs[0].datasetExportJobArn,
    (await call('ListDataDeletionJobs', { datasetGroupArn })).dataDeletionJobs[0].dataDeletionJobArn,
    (await call('ListBatchInferenceJobs', { solutionVersionArn: version })).batchInferenceJobs[0].batchInferenceJobArn,
    (await call('ListBatchSegmentJobs', { solutionVersionArn: affinity })).batchSegmentJobs[0].batchSegmentJobArn,
  ];
}
