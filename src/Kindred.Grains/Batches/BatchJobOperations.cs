using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Batches;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Filters;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;
using Kindred.Recipes.Catalog;
using Kindred.Serving.Filters;

namespace Kindred.Grains.Batches;

/// <summary>Making batch inference and batch segment jobs; runs on the tenant's turn.</summary>
internal sealed class BatchJobOperations(IGrainFactory grains, Inventory inventory, TenantAllowances allowances, TimeProvider clock)
{
    public async Task<CreateBatchInferenceJobResponse> CreateAsync(CreateBatchInferenceJobRequest request, Caller caller)
    {
        var arn = caller.Name<BatchInferenceJobState>(request.JobName);
        if (!await grains.IsRepeatAsync<BatchInferenceJobState>(arn, caller))
        {
            var (version, recipe) = await FindVersionAsync(request.SolutionVersionArn, caller);
            var faults = new Faults();
            BatchRequestRules.Check(request, recipe, faults);
            var filter = await FindFilterAsync(request.FilterArn, version, recipe, caller, faults);
            faults.ThrowIfAny();
            var job = Created(arn, version, filter, request.JobName, request.NumResults, request.RoleArn,
                request.JobInput.S3DataSource, request.JobOutput.S3DataDestination);
            await CreateAsync(limits => limits.UnfinishedBatchInferenceJobs, "batch inference jobs", new BatchInferenceJobState
            {
                Job = job, Config = request.BatchInferenceJobConfig, Mode = BatchRequestRules.Recommendations,
                Origin = caller.Origin(request.Tags),
            });
        }
        await StartAsync<BatchInferenceJobState>(arn, JobKind.BatchInference);
        return new CreateBatchInferenceJobResponse { BatchInferenceJobArn = arn.ToString() };
    }

    public async Task<CreateBatchSegmentJobResponse> CreateAsync(CreateBatchSegmentJobRequest request, Caller caller)
    {
        var arn = caller.Name<BatchSegmentJobState>(request.JobName);
        if (!await grains.IsRepeatAsync<BatchSegmentJobState>(arn, caller))
        {
            var (version, recipe) = await FindVersionAsync(request.SolutionVersionArn, caller);
            var faults = new Faults();
            BatchRequestRules.Check(request, recipe, faults);
            var filter = await FindFilterAsync(request.FilterArn, version, recipe, caller, faults);
            faults.ThrowIfAny();
            var job = Created(arn, version, filter, request.JobName, request.NumResults, request.RoleArn,
                request.JobInput.S3DataSource, request.JobOutput.S3DataDestination);
            await CreateAsync(limits => limits.UnfinishedBatchSegmentJobs, "batch segment jobs", new BatchSegmentJobState
            {
                Job = job, Origin = caller.Origin(request.Tags),
            });
        }
        await StartAsync<BatchSegmentJobState>(arn, JobKind.BatchSegment);
        return new CreateBatchSegmentJobResponse { BatchSegmentJobArn = arn.ToString() };
    }

    private async Task<(SolutionVersionState Version, RecipeDescription Recipe)> FindVersionAsync(string text, Caller caller)
    {
        var arn = caller.Own<SolutionVersionState>(text);
        var version = await grains.ExpectAsync<SolutionVersionState>(arn);
        var solution = await grains.ExpectAsync<SolutionState>(version.Version.SolutionArn);
        if (solution.Status is not ResourceStatus.Active) throw Refuse.InUse($"The solution {solution.Arn} is being deleted.");
        if (ResourceStatus.IsUnfinished(version.Status))
            throw Refuse.InUse($"The solution version {arn} is {version.Status}; it can be used once it is ACTIVE.");
        if (version.Status is not ResourceStatus.Active)
            throw Refuse.Invalid($"The solution version {arn} is {version.Status}; only one that is ACTIVE can be used.");
        return (version, RecipeCatalog.FindByArn(version.Version.RecipeArn ?? "")
            ?? throw Refuse.Invalid($"The recipe {version.Version.RecipeArn} of {arn} does not exist in this release."));
    }

    private async Task<Arn?> FindFilterAsync(
        string? text, SolutionVersionState version, RecipeDescription recipe, Caller caller, Faults faults)
    {
        if (text is null) return null;
        var filter = await grains.ExpectAsync<FilterState>(caller.Own<FilterState>(text));
        faults.Require(filter.Filter.DatasetGroupArn == version.Version.DatasetGroupArn,
            $"The filter {filter.Arn} belongs to {filter.Filter.DatasetGroupArn}, and the solution version to {version.Version.DatasetGroupArn}.");
        faults.Require(filter.Status is ResourceStatus.Active, $"The filter {filter.Arn} is {filter.Status}; it can be used once it is ACTIVE.");
        if (FilterParser.TryParse(filter.Filter.Expression, out var expression, out _)) BatchRequestRules.CheckFilter(expression, recipe, faults);
        return filter.Arn;
    }

    private BatchJobRecord Created(
        Arn arn, SolutionVersionState version, Arn? filter, string name, int? numResults, string? roleArn, S3DataConfig input, S3DataConfig output)
    {
        var now = clock.GetUtcNow();
        return new BatchJobRecord
        {
            Name = name, Arn = arn, SolutionVersionArn = version.Arn, DatasetGroupArn = version.Version.DatasetGroupArn,
            FilterArn = filter, NumResults = numResults, RoleArn = roleArn,
            Input = new ObjectLocation(input.Path, input.KmsKeyArn), Output = new ObjectLocation(output.Path, output.KmsKeyArn),
            Status = ResourceStatus.CreatePending, CreatedAt = now, UpdatedAt = now,
        };
    }

    private async Task CreateAsync<TState>(Func<TenantLimits, int> limit, string of, TState created) where TState : class, IBatchJobState<TState>
    {
        var most = limit(await allowances.OfAsync(created.Arn.Account));
        var unfinished = (await inventory.OfAccountAsync<TState>(created.Arn)).Count(job => ResourceStatus.IsUnfinished(job.Status));
        if (unfinished >= most) throw Refuse.TooManyUnfinished(most, of);
        await grains.Resource<TState>(created.Arn).CreateAsync(created);
    }

    private async Task StartAsync<TState>(Arn arn, JobKind kind) where TState : class, IBatchJobState<TState>
    {
        if (ResourceStatus.IsUnfinished((await grains.FindAsync<TState>(arn))?.Status))
            await grains.GetGrain<IJobControl>(arn.ToString()).StartAsync(kind);
    }
}
