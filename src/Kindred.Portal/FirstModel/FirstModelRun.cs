using Kindred.Contracts.Arns;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;
using Kindred.Operations.Readings;
using Kindred.Portal.Sessions;

namespace Kindred.Portal.FirstModel;

/// <summary>
/// From an import to a campaign: looks what there is and makes what is missing, one step at a call. It remembers nothing that is not in the
/// address of the page, so whoever loads the page again, or opens it tomorrow, goes on where it stands.
/// </summary>
/// <param name="importJob">Name of the import job.</param>
/// <param name="recipe">Name of the recipe to train.</param>
public sealed class FirstModelRun(TenantSession session, JobReadings readings, string account, string project, string importJob, string recipe)
{
    private readonly Arn _group = Arn.DatasetGroup(session.Region, account, project);
    private readonly string _name = ResourceNaming.Solution(project, recipe);

    public FirstModelStage Stage { get; private set; }
    public ImportReading? Import { get; private set; }
    public VersionReading? Version { get; private set; }
    /// <summary>Why it went no further, for people; null while nothing failed.</summary>
    public string? Fault { get; private set; }

    /// <summary>Of the solution and of its campaign.</summary>
    public string Name => _name;
    public Arn Campaign => Arn.Campaign(session.Region, account, _name);
    private Arn Solution => Arn.Solution(session.Region, account, _name);

    public bool IsOver => Stage is FirstModelStage.Ready or FirstModelStage.Failed;

    /// <exception cref="RefusedException">A step is refused; the next call tries it again.</exception>
    public async Task AdvanceAsync(CancellationToken cancellationToken)
    {
        if (!await HasImportedAsync(cancellationToken) || !await HasTrainedAsync(cancellationToken)) return;
        await DeployAsync(cancellationToken);
    }

    private async Task<bool> HasImportedAsync(CancellationToken cancellationToken)
    {
        if (Import?.State.Status is "ACTIVE") return true;
        var job = Arn.DatasetImportJob(session.Region, account, importJob);
        Import = await session.AsAsync(account, p => readings.DescribeImportAsync(p, job, cancellationToken), cancellationToken);
        Stage = FirstModelStage.Importing;
        if (Import.State.Status is "CREATE FAILED") Fail(Import.State.ImportJob.FailureReason);
        return Import.State.Status is "ACTIVE";
    }

    private async Task<bool> HasTrainedAsync(CancellationToken cancellationToken)
    {
        Stage = FirstModelStage.Training;
        var version = await FindVersionAsync(cancellationToken) ?? await BeginTrainingAsync(cancellationToken);
        Version = await session.AsAsync(account, p => readings.DescribeVersionAsync(p, Arn.Parse(version), cancellationToken), cancellationToken);
        if (Version.State.Status is "CREATE FAILED" or "CREATE STOPPED")
            Fail(Version.State.Version.FailureReason ?? "The training was stopped.");
        return Version.State.Status is "ACTIVE";
    }

    private async Task<string?> FindVersionAsync(CancellationToken cancellationToken)
    {
        if (!await ExistsAsync(() => CallAsync<DescribeSolutionRequest, DescribeSolutionResponse>(
                new() { SolutionArn = Solution.ToString() }, cancellationToken)))
        {
            await CallAsync<CreateSolutionRequest, CreateSolutionResponse>(new()
            {
                Name = _name, DatasetGroupArn = _group.ToString(), RecipeArn = Arn.Recipe(recipe).ToString(), PerformAutoTraining = false,
            }, cancellationToken);
            return null;
        }
        var versions = await CallAsync<ListSolutionVersionsRequest, ListSolutionVersionsResponse>(
            new() { SolutionArn = Solution.ToString() }, cancellationToken);
        return (versions.SolutionVersions ?? []).MaxBy(v => v.CreationDateTime)?.SolutionVersionArn;
    }

    private async Task<string> BeginTrainingAsync(CancellationToken cancellationToken)
    {
        var made = await CallAsync<CreateSolutionVersionRequest, CreateSolutionVersionResponse>(
            new() { SolutionArn = Solution.ToString() }, cancellationToken);
        return made.SolutionVersionArn!;
    }

    private async Task DeployAsync(CancellationToken cancellationToken)
    {
        Stage = FirstModelStage.Deploying;
        var status = "";
        if (!await ExistsAsync(async () =>
            {
                var found = await CallAsync<DescribeCampaignRequest, DescribeCampaignResponse>(
                    new() { CampaignArn = Campaign.ToString() }, cancellationToken);
                status = found.Campaign?.Status;
                if (status is "CREATE FAILED") Fail(found.Campaign?.FailureReason);
            }))
        {
            await CallAsync<CreateCampaignRequest, CreateCampaignResponse>(
                new() { Name = _name, SolutionVersionArn = Version!.State.Arn.ToString() }, cancellationToken);
        }
        if (status is "ACTIVE") Stage = FirstModelStage.Ready;
    }

    private Task<TResponse> CallAsync<TRequest, TResponse>(TRequest request, CancellationToken cancellationToken)
        where TRequest : class
        where TResponse : class =>
        session.CallAsync<TRequest, TResponse>(account, request, cancellationToken);

    private static async Task<bool> ExistsAsync(Func<Task> describe)
    {
        try
        {
            await describe();
            return true;
        }
        catch (RefusedException refused) when (refused.Code is RefusalCode.ResourceNotFound)
        {
            return false;
        }
    }

    private void Fail(string? reason) => (Stage, Fault) = (FirstModelStage.Failed, reason ?? "It failed; the server's log has the details.");
}
