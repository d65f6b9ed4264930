using System.Collections.Concurrent;
using System.Diagnostics;
using Kindred.Contracts.Changes;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Telemetry;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Serving.Caching;
using Kindred.Serving.Models;
using Kindred.Serving.Scores;
using Kindred.Storage.Artifacts;
using Microsoft.Extensions.Logging;

namespace Kindred.Serving;

/// <summary>
/// Model artifacts, mapped on demand. Those not in use are unmapped, least recently used first, when all together exceed
/// <see cref="ServingOptions.ModelCacheBytes"/>; one in use is never unmapped.
/// </summary>
public sealed partial class ModelStore : IDisposable
{
    private static readonly CacheMetrics Lookups = CacheMetrics.Of("models");

    /// <summary>How long a failure to open is believed before the next request tries again.</summary>
    internal static readonly TimeSpan FailureLifetime = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, ModelSlot> _slots = new(StringComparer.Ordinal);
    private readonly Lock _evicting = new();
    private readonly Func<string, string, Task<OpenModel>> _open;
    private readonly ServingOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<ModelStore> _logger;
    private readonly IDisposable _subscription;

    public ModelStore(
        IArtifactStore artifacts, ScoreCache scores, IChangeFeed feed, ServingOptions options, TimeProvider clock, ILogger<ModelStore> logger)
        : this((recipe, name) => OpenAsync(recipe, name, artifacts, scores), feed, options, clock, logger)
    {
    }

    /// <param name="open">Opens one artifact, given the recipe's name and the artifact's.</param>
    internal ModelStore(
        Func<string, string, Task<OpenModel>> open, IChangeFeed feed, ServingOptions options, TimeProvider clock, ILogger<ModelStore> logger)
    {
        (_open, _options, _clock, _logger) = (open, options, clock, logger);
        _subscription = feed.Subscribe(change =>
        {
            if (change.Kind is ChangedSubject.Model) Forget(change.Key);
        });
    }

    /// <summary>Bytes mapped now.</summary>
    public long MappedBytes => _slots.Values.Sum(static slot => slot.Opened?.Value.SizeBytes ?? 0);

    /// <summary>Models that are open.</summary>
    public int OpenModels => _slots.Values.Count(static slot => slot.Opened is not null);

    /// <summary>Opens the artifact if it is not open yet: what a deploy does before it publishes its decision.</summary>
    /// <param name="recipe">The recipe's name.</param>
    /// <param name="artifactName">The name of the artifact in the store.</param>
    /// <exception cref="RefusedException">ServiceUnavailable: the artifact cannot be opened; the message says why.</exception>
    public async Task WarmAsync(string recipe, string artifactName, CancellationToken cancellationToken)
    {
        using var model = await BorrowAsync(recipe, artifactName, cancellationToken);
    }

    /// <summary>The artifact is deleted: unmaps it when its last reader leaves.</summary>
    internal void Forget(string artifactName)
    {
        if (_slots.TryRemove(artifactName, out var slot)) slot.Opened?.Retire();
    }

    public void Dispose()
    {
        _subscription.Dispose();
        foreach (var path in _slots.Keys) Forget(path);
    }

    /// <summary>The model, kept open until the caller disposes what it borrowed.</summary>
    /// <exception cref="RefusedException">ServiceUnavailable: the artifact cannot be opened.</exception>
    internal async ValueTask<Borrowed<OpenModel>> BorrowAsync(string recipe, string artifactName, CancellationToken cancellationToken)
    {
        while (true)
        {
            var slot = _slots.GetOrAdd(artifactName,
                static (path, x) => new ModelSlot(slot => x.Store.OpenAsync(slot, x.Recipe, path)),
                (Store: this, Recipe: recipe));
            if (slot.BelievedUntil is { } until && _clock.GetUtcNow() >= until)
            {
                _slots.TryRemove(KeyValuePair.Create(artifactName, slot));
                continue;
            }
            if (slot.Opened is null)
            {
                Lookups.Miss();
                await slot.Opening.WaitAsync(cancellationToken);
            }
            else Lookups.Hit();
            if (slot.Opened is { } opened && opened.TryBorrow(out var borrowed))
            {
                borrowed.Value.LastUsed = _clock.GetTimestamp();
                return borrowed;
            }
            _slots.TryRemove(KeyValuePair.Create(artifactName, slot)); // evicted or forgotten between the two lines: open it anew
        }
    }

    private async Task OpenAsync(ModelSlot slot, string recipe, string artifactName)
    {
        // Off the caller's thread: opening verifies a checksum over the whole file.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var activity = KindredTelemetry.Activities.StartActivity("open model");
        activity?.SetTag(TelemetryAttributes.Recipe, recipe);
        var started = _clock.GetTimestamp();
        try
        {
            slot.Opened = new Shared<OpenModel>(await _open(recipe, artifactName), Close);
        }
        catch (Exception failure)
        {
            activity?.SetStatus(ActivityStatusCode.Error);
            ServingMetrics.ModelFailed(recipe, failure, _clock.GetElapsedTime(started));
            slot.BelievedUntil = _clock.GetUtcNow() + FailureLifetime;
            LogOpenFailed(failure, artifactName, recipe);
            // The cause may name files of the deployment: it belongs in the log, not in the tenant's answer.
            throw new RefusedException(RefusalCode.ServiceUnavailable,
                $"The model of the recipe '{recipe}' cannot be opened just now. "
                + "The deployment's log says why; deploying another solution version replaces it.");
        }
        var opened = slot.Opened;
        opened.Value.LastUsed = _clock.GetTimestamp();
        ServingMetrics.ModelOpened(recipe, opened.Value.SizeBytes, _clock.GetElapsedTime(started));
        LogOpened(artifactName, recipe, opened.Value.SizeBytes, _clock.GetElapsedTime(started).TotalMilliseconds);
        if (!_slots.TryGetValue(artifactName, out var held) || held != slot) opened.Retire(); // forgotten meanwhile
        else EvictBeyondBudget(slot);
    }

    private static void Close(OpenModel model)
    {
        ServingMetrics.ModelClosed(model.SizeBytes);
        model.Dispose();
    }

    private void EvictBeyondBudget(ModelSlot newest)
    {
        lock (_evicting)
        {
            var excess = MappedBytes - _options.ModelCacheBytes;
            if (excess <= 0) return;
            var idle = _slots
                .Where(entry => entry.Value != newest && entry.Value.Opened is { IsBorrowed: false })
                .OrderBy(static entry => entry.Value.Opened!.Value.LastUsed);
            foreach (var entry in idle)
            {
                if (!_slots.TryRemove(entry)) continue;
                entry.Value.Opened!.Retire();
                LogEvicted(entry.Key);
                ServingMetrics.ModelEvicted();
                excess -= entry.Value.Opened.Value.SizeBytes;
                if (excess <= 0) return;
            }
        }
    }

    internal static async Task<OpenModel> OpenAsync(string recipe, string name, IArtifactStore artifacts, ScoreCache? scores = null)
    {
        var implementation = RecipeCatalog.Implementation(recipe)
            ?? throw new InvalidOperationException($"This version has no implementation of the recipe '{recipe}'.");
        var copy = await artifacts.OpenAsync(name, CancellationToken.None);
        ModelArtifact? artifact = null;
        try
        {
            artifact = ModelArtifact.Open(copy.Path);
            return new OpenModel(implementation.Open(artifact), artifact.SizeBytes, copy, scores);
        }
        catch
        {
            artifact?.Dispose();
            copy.Dispose();
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Opened model {Artifact} of {Recipe}: {SizeBytes} bytes in {Milliseconds:F1} ms")]
    private partial void LogOpened(string artifact, string recipe, long sizeBytes, double milliseconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "Closed idle model {Artifact} to stay within the byte budget")]
    private partial void LogEvicted(string artifact);

    [LoggerMessage(Level = LogLevel.Error, Message = "Cannot open model {Artifact} of {Recipe}")]
    private partial void LogOpenFailed(Exception failure, string artifact, string recipe);
}
