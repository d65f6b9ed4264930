using Kindred.Contracts.Arns;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;
using Kindred.Recipes.Catalog;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Operations.ControlPlane;

/// <summary>Recipes come with the product: they are read from its catalogue and belong to no tenant.</summary>
internal static class RecipeHandlers
{
    public static void Add(OperationTable table)
    {
        table.Handle<ListRecipesRequest, ListRecipesResponse>("ListRecipes", (request, context) => Task.FromResult(List(request, context)));
        table.Handle<DescribeRecipeRequest, DescribeRecipeResponse>("DescribeRecipe", (request, _) => Task.FromResult(Describe(request)));
        table.Handle<DescribeAlgorithmRequest, DescribeAlgorithmResponse>(
            "DescribeAlgorithm", (request, _) => Task.FromResult(Describe(request)));
        table.Handle<DescribeFeatureTransformationRequest, DescribeFeatureTransformationResponse>(
            "DescribeFeatureTransformation", (request, _) => Task.FromResult(Describe(request)));
    }

    private static ListRecipesResponse List(ListRecipesRequest request, OperationContext context)
    {
        var tokens = context.Services.GetRequiredService<PageTokens>();
        var list = $"ListRecipes\n{context.Caller.Account}\n{request.Domain}";
        var after = tokens.Open(list, request.NextToken);
        var size = request.MaxResults ?? ResourcePages.DefaultPageSize;
        var listed = RecipeCatalog.All.Where(recipe => request.Domain is null || recipe.Domain == request.Domain);
        var rest = after is null ? listed.ToList() : listed.SkipWhile(recipe => recipe.Name != after).Skip(1).ToList();
        var page = rest.Take(size).ToList();
        return new()
        {
            Recipes = [.. page.Select(Summarize)],
            NextToken = rest.Count > size ? tokens.Seal(list, page[^1].Name) : null,
        };
    }

    private static DescribeRecipeResponse Describe(DescribeRecipeRequest request)
    {
        var recipe = Find(request.RecipeArn, ResourceTypes.Recipe, RecipeCatalog.FindByArn);
        return new()
        {
            Recipe = new()
            {
                Name = recipe.Name,
                RecipeArn = recipe.Arn,
                AlgorithmArn = recipe.AlgorithmArn,
                FeatureTransformationArn = recipe.FeatureTransformationArn,
                Status = recipe.Status,
                Description = recipe.Description,
                RecipeType = recipe.RecipeType,
                CreationDateTime = recipe.CreatedAt,
                LastUpdatedDateTime = recipe.CreatedAt,
            },
        };
    }

    private static DescribeAlgorithmResponse Describe(DescribeAlgorithmRequest request)
    {
        var recipe = Find(request.AlgorithmArn, ResourceTypes.Algorithm, RecipeCatalog.FindByAlgorithmArn);
        return new()
        {
            Algorithm = new()
            {
                Name = recipe.AlgorithmName,
                AlgorithmArn = recipe.AlgorithmArn,
                DefaultHyperParameters = recipe.Defaults(HyperParameterKind.Algorithm),
                DefaultHyperParameterRanges = Ranges(recipe),
                CreationDateTime = recipe.CreatedAt,
                LastUpdatedDateTime = recipe.CreatedAt,
            },
        };
    }

    private static DescribeFeatureTransformationResponse Describe(DescribeFeatureTransformationRequest request)
    {
        var recipe = Find(request.FeatureTransformationArn, ResourceTypes.FeatureTransformation, RecipeCatalog.FindByFeatureTransformationArn);
        return new()
        {
            FeatureTransformation = new()
            {
                Name = recipe.FeatureTransformationName,
                FeatureTransformationArn = recipe.FeatureTransformationArn,
                DefaultParameters = recipe.Defaults(HyperParameterKind.FeatureTransformation),
                Status = recipe.Status,
                CreationDateTime = recipe.CreatedAt,
                LastUpdatedDateTime = recipe.CreatedAt,
            },
        };
    }

    private static RecipeDescription Find(string text, string type, Func<string, RecipeDescription?> find) =>
        Arn.TryParse(text, out var arn) && arn.Type == type
            ? find(text) ?? throw ResourceRoutes.Missing(text)
            : throw new RefusedException(RefusalCode.InvalidInput, $"'{text}' is no ARN of the form arn:aws:personalize:::{type}/name.");

    private static DefaultHyperParameterRanges Ranges(RecipeDescription recipe)
    {
        var parameters = recipe.HyperParameters.Where(p => p.Kind is HyperParameterKind.Algorithm).ToLookup(p => p.Type);
        return new()
        {
            IntegerHyperParameterRanges = [.. parameters[HyperParameterType.Integer].Select(p => new DefaultIntegerHyperParameterRange
            {
                Name = p.Name, MinValue = (int)p.Min, MaxValue = (int)p.Max, IsTunable = p.IsTunable,
            })],
            ContinuousHyperParameterRanges = [.. parameters[HyperParameterType.Float].Select(p => new DefaultContinuousHyperParameterRange
            {
                Name = p.Name, MinValue = Finite(p.Min), MaxValue = Finite(p.Max), IsTunable = p.IsTunable,
            })],
            CategoricalHyperParameterRanges = [.. parameters[HyperParameterType.Boolean].Concat(parameters[HyperParameterType.Category])
                .Select(p => new DefaultCategoricalHyperParameterRange
            {
                Name = p.Name, Values = p.Values, IsTunable = p.IsTunable,
            })],
        };
    }

    /// <summary>An open end is left out: JSON has no infinity.</summary>
    private static double? Finite(double bound) => double.IsFinite(bound) ? bound : null;

    private static RecipeSummary Summarize(RecipeDescription recipe) => new()
    {
        Name = recipe.Name,
        RecipeArn = recipe.Arn,
        Status = recipe.Status,
        CreationDateTime = recipe.CreatedAt,
        LastUpdatedDateTime = recipe.CreatedAt,
        Domain = recipe.Domain,
    };
}
