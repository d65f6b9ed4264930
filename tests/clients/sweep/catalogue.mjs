// What comes with the service: recipes, algorithms, feature transformations.
import assert from 'node:assert/strict';
import { call, client, control, holds, refused, same } from './checks.mjs';
import { describes, refusesPages } from './kinds.mjs';

const arnOf = (type, name) => `arn:aws:personalize:::${type}/${name}`;

export async function recipes() {
  const { recipes: all } = await call('ListRecipes');
  for (const name of ['aws-user-personalization-v2', 'aws-user-personalization', 'aws-personalized-ranking-v2', 'aws-personalized-ranking',
    'aws-similar-items', 'aws-sims', 'aws-semantic-similarity', 'aws-trending-now', 'aws-popularity-count', 'aws-next-best-action',
    'aws-item-affinity', 'aws-item-attribute-affinity', 'aws-hrnn', 'aws-hrnn-metadata', 'aws-hrnn-coldstart'])
    await holds('ListRecipes', `has ${name}`, () => assert.ok(all.some((recipe) => recipe.recipeArn === arnOf('recipe', name))));
  await holds('ListRecipes', 'the paginator goes through pages of one', async () => {
    const paged = [];
    for await (const page of control.paginateListRecipes({ client, pageSize: 1 }, {})) paged.push(...page.recipes.map((one) => one.recipeArn));
    assert.deepEqual(paged, all.map((one) => one.recipeArn));
  });
  for (const domain of ['ECOMMERCE', 'VIDEO_ON_DEMAND']) {
    const { recipes: ofDomain } = await call('ListRecipes', { domain }, `of ${domain}`);
    await holds('ListRecipes', `only those of ${domain}`, () => assert.ok(ofDomain.length >= 5 && ofDomain.every((one) => one.domain === domain)));
  }
  await call('ListRecipes', { recipeProvider: 'SERVICE' }, 'of the service');
  await refusesPages('ListRecipes', {});
  await refused('ListRecipes', 'InvalidInput', { domain: 'BOOKS' }, 'of a domain that is not there');

  const algorithms = new Set();
  const transformations = new Set();
  for (const { recipeArn } of all) {
    const { recipe } = await call('DescribeRecipe', { recipeArn }, recipeArn.split('/').at(-1));
    algorithms.add(recipe.algorithmArn);
    transformations.add(recipe.featureTransformationArn);
  }
  await describes('Recipe', all[0].recipeArn, arnOf('algorithm', 'aws-sims'));
  for (const algorithmArn of algorithms) await call('DescribeAlgorithm', { algorithmArn }, algorithmArn.split('/').at(-1));
  for (const featureTransformationArn of transformations)
    await call('DescribeFeatureTransformation', { featureTransformationArn }, featureTransformationArn.split('/').at(-1));
  const algorithm = await describes('Algorithm', arnOf('algorithm', 'aws-sims'), arnOf('recipe', 'aws-sims'));
  await same('DescribeAlgorithm', 'default hyperparameters are strings', algorithm.defaultHyperParameters.min_cointeraction_count, '3');
  await describes('FeatureTransformation', arnOf('feature-transformation', 'sims'), arnOf('recipe', 'aws-sims'));
}
