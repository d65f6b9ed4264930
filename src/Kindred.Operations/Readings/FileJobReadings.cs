using System.Text;
using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Batches;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Refusals;
using Kindred.Storage.Objects;
using Microsoft.Extensions.Options;

namespace Kindred.Operations.Readings;

/// <summary>
/// Batch jobs and exports of a project, and what they wrote. Lists need the scope <c>read</c>, outputs the scope <c>objects</c> too. Grains
/// are asked in the name of whoever has entered.
/// </summary>
public sealed class FileJobReadings(
    IResourceCatalog catalog, IGrainFactory grains, ObjectStore objects, IOptions<OperationOptions> options)
{
    /// <summary>Most jobs of a list.</summary>
    public const int MostJobs = 100;
    private const int MostBytesShown = 64 << 10;

    /// <returns>The jobs of all three kinds, the newest first; at most <see cref="MostJobs"/>.</returns>
    public async Task<IReadOnlyList<FileJobReading>> ListAsync(Principal principal, Arn datasetGroup, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        principal.Require(AccessScopes.Read, "jobs:List");
        var (region, account) = (options.Value.Region, principal.Account);
        if (datasetGroup.Account != account)
            throw new RefusedException(RefusalCode.ResourceNotFound, $"There is no resource with the ARN {datasetGroup}.");
        var newest = new PriorityQueue<FileJobReading, DateTimeOffset>();
        void Take(FileJobReading job)
        {
            newest.Enqueue(job, job.CreatedAt);
            if (newest.Count > MostJobs) newest.Dequeue();
        }
        await foreach (var state in catalog.ScanAccountAsync<BatchInferenceJobState>(region, account, cancellationToken))
        {
            if (state.Job.DatasetGroupArn == datasetGroup) Take(FileJobReading.Of(state));
        }
        await foreach (var state in catalog.ScanAccountAsync<BatchSegmentJobState>(region, account, cancellationToken))
        {
            if (state.Job.DatasetGroupArn == datasetGroup) Take(FileJobReading.Of(state));
        }
        await foreach (var state in catalog.ScanAccountAsync<DatasetExportJobState>(region, account, cancellationToken))
        {
            if (state.ExportJob.DatasetArn.Parent == datasetGroup.Name) Take(FileJobReading.Of(state));
        }
        var jobs = newest.UnorderedItems.Select(entry => entry.Element).OrderByDescending(job => job.CreatedAt).ToArray();
        return await Task.WhenAll(jobs.Select(job => WithProgressAsync(job, cancellationToken)));
    }

    /// <summary>A list once more, some time later: of the jobs that have ended nothing is read.</summary>
    /// <param name="jobs">As <see cref="ListAsync"/> or this gave them.</param>
    /// <returns>The same jobs, without those that are gone meanwhile; newer ones are not among them.</returns>
    /// <exception cref="RefusedException">AccessDenied.</exception>
    public async Task<IReadOnlyList<FileJobReading>> RefreshAsync(
        Principal principal, IReadOnlyList<FileJobReading> jobs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        ArgumentNullException.ThrowIfNull(jobs);
        principal.Require(AccessScopes.Read, "jobs:List");
        var now = await Task.WhenAll(jobs.Select(async job =>
            !job.IsUnfinished ? job
            : await TryFindAsync(principal, job.Arn, cancellationToken) is { } found ? await WithProgressAsync(found, cancellationToken)
            : null));
        return [.. now.OfType<FileJobReading>()];
    }

    private async Task<FileJobReading> WithProgressAsync(FileJobReading job, CancellationToken cancellationToken) => job.IsUnfinished
        ? job with { Job = await grains.GetGrain<IJobGrain>(job.Arn.ToString()).DescribeAsync(cancellationToken) }
        : job;

    /// <summary>The objects that a job wrote. Where another job wrote the same names later, they are that one's.</summary>
    /// <exception cref="RefusedException">AccessDenied; ResourceNotFound: there is no such job, or nothing of its output any more.</exception>
    public async Task<IReadOnlyList<StoredObject>> ListOutputsAsync(Principal principal, Arn arn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        principal.Require(AccessScopes.Read, "jobs:Describe");
        principal.Require(AccessScopes.Objects, "objects:Get");
        var job = await FindAsync(principal, arn, cancellationToken);
        var folder = job.Output.EndsWith('/') ? job.Output : job.Output + "/";
        IReadOnlyList<StoredObject> found = [];
        try
        {
            found = await objects.ListAsync(principal.Account, folder, cancellationToken);
        }
        catch (RefusedException refused) when (refused.Code is RefusalCode.InvalidInput)
        {
            // The folder has nothing in it.
        }
        StoredObject[] written = [.. found.Where(file => job.IsOutput(file.Name)).OrderBy(file => file.Name, StringComparer.Ordinal)];
        return written.Length > 0
            ? written
            : throw new RefusedException(RefusalCode.ResourceNotFound, $"There is nothing of the job {job.Name} at '{job.Output}'.");
    }

    /// <summary>Opens one object that a job wrote; whoever opens it disposes it.</summary>
    /// <param name="name">As <see cref="ListOutputsAsync"/> has it.</param>
    /// <inheritdoc cref="ListOutputsAsync" path="/exception"/>
    public async Task<Stream> OpenOutputAsync(Principal principal, Arn arn, string name, CancellationToken cancellationToken)
    {
        var written = await ListOutputsAsync(principal, arn, cancellationToken);
        var file = written.FirstOrDefault(file => file.Name == name)
            ?? throw new RefusedException(RefusalCode.ResourceNotFound, $"The job {arn.Name} has no output '{name}'.");
        return await objects.OpenReadAsync(principal.Account, file, cancellationToken);
    }

    /// <summary>The beginning of one object that a job wrote, at most 64 KiB of it.</summary>
    /// <returns>At most <paramref name="most"/> lines; the last may be cut off.</returns>
    /// <inheritdoc cref="OpenOutputAsync" path="/param"/>
    /// <inheritdoc cref="ListOutputsAsync" path="/exception"/>
    public async Task<IReadOnlyList<string>> ReadFirstLinesAsync(
        Principal principal, Arn arn, string name, int most, CancellationToken cancellationToken)
    {
        await using var stream = await OpenOutputAsync(principal, arn, name, cancellationToken);
        var bytes = new byte[MostBytesShown];
        var count = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return [.. Encoding.UTF8.GetString(bytes, 0, count).Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(most)];
    }

    private async Task<FileJobReading> FindAsync(Principal principal, Arn arn, CancellationToken cancellationToken) =>
        await TryFindAsync(principal, arn, cancellationToken)
        ?? throw new RefusedException(RefusalCode.ResourceNotFound, $"There is no batch job or export with the ARN {arn}.");

    private async Task<FileJobReading?> TryFindAsync(Principal principal, Arn arn, CancellationToken cancellationToken)
    {
        // Another tenant's is as if there were none.
        var isOwn = arn.Account == principal.Account && arn.Region == options.Value.Region;
        if (isOwn && BatchInferenceJobState.Kind.Names(arn) && await catalog.FindAsync<BatchInferenceJobState>(arn, cancellationToken) is { } batch)
            return FileJobReading.Of(batch);
        if (isOwn && BatchSegmentJobState.Kind.Names(arn) && await catalog.FindAsync<BatchSegmentJobState>(arn, cancellationToken) is { } segment)
            return FileJobReading.Of(segment);
        if (isOwn && DatasetExportJobState.Kind.Names(arn) && await catalog.FindAsync<DatasetExportJobState>(arn, cancellationToken) is { } export)
            return FileJobReading.Of(export);
        return null;
    }
}
