using System.Diagnostics;
using Kindred.Lab.Files;
using Kindred.Lab.Trainings;
using Kindred.Recipes;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Histories;
using Kindred.Recipes.Training;

namespace Kindred.Lab.Recommendations;

/// <summary>A model to recommend by, from a file or trained for the occasion, with the histories it knows.</summary>
internal sealed class ServedModel : IDisposable
{
    private readonly IDisposable _owner;
    private readonly ModelArtifact? _artifact;

    private ServedModel(
        IDisposable owner,
        ITrainedModel model,
        IUserHistories histories,
        ModelArtifact? artifact,
        TimeSpan duration,
        IReadOnlyList<string> notes) =>
        (_owner, Model, Histories, _artifact, Duration, Notes) = (owner, model, histories, artifact, duration, notes);

    public ITrainedModel Model { get; }
    public IUserHistories Histories { get; }
    public TimeSpan Duration { get; }
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Keeps the ids of items and users readable while in use.</summary>
    public ArtifactLease Lease() => _artifact is null ? default : _artifact.Lease();

    public static ServedModel Get(RecommendationRequest request, TrainingRun run)
    {
        var started = Stopwatch.GetTimestamp();
        if (request.Model is { } path)
        {
            var file = ModelFile.Open(path);
            return new ServedModel(file, file.Model, file.Histories, file.Artifact, Stopwatch.GetElapsedTime(started), []);
        }
        var data = LoadedData.Read(request.Files!, new Part(run), run.CancellationToken);
        var trained = Trainer.Train(request.Recipe!, data.Set, run.Part(0.1, 0.8));
        return new ServedModel(
            trained, trained.Model, new LogHistories(data.Log), null, Stopwatch.GetElapsedTime(started), [.. data.Notes, .. trained.Notes]);
    }

    public void Dispose() => _owner.Dispose();

    private sealed class Part(TrainingRun run) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => run.Report(0.1 * value.Fraction, value.Stage);
    }
}
