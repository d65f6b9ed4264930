using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;

namespace Kindred.Recipes;

/// <summary>
/// What a recipe learned. Safe for any number of concurrent callers; a call that runs while the model is disposed completes,
/// a later one throws <see cref="ObjectDisposedException"/>.
/// </summary>
public interface ITrainedModel : IDisposable
{
    RecipeDescription Recipe { get; }

    /// <summary>The items the model can score; their index is the item code of every other member.</summary>
    IdTable Items { get; }

    /// <summary>Items with a code below this one were met in training; later ones are known by their metadata alone, so they are still new to users.</summary>
    int MetItems => Items.Count;

    /// <summary>Names of the event types seen in training; their index is <see cref="HistoryEvent.EventType"/>.</summary>
    IReadOnlyList<string> EventTypes { get; }

    /// <summary>Which members serve, e.g. <c>sequence statistics + item-kNN + popularity</c>; simpler ones when the data carried no more.</summary>
    string Rung { get; }

    /// <summary>Whether the recipe publishes scores with its recommendations (<c>softmax</c> of <see cref="ScoreForUser"/>).</summary>
    bool HasScores { get; }

    /// <summary>Scores every item for a user. Items already in the history are scored like any other.</summary>
    /// <param name="history">What the user did, oldest first; empty gives the fallback (popularity). Unknown items are ignored.</param>
    /// <param name="scores">Receives a finite log-odds-like score per item, shape [Items.Count].</param>
    /// <exception cref="ArgumentException"><paramref name="scores"/> does not have one place per item.</exception>
    void ScoreForUser(ReadOnlySpan<HistoryEvent> history, Span<float> scores);

    /// <summary>As <see cref="ScoreForUser(ReadOnlySpan{HistoryEvent}, Span{float})"/>, by what the model knows of the user as well.</summary>
    /// <param name="user">UTF-8 of the user's id; empty, or anybody that the model does not know, adds nothing.</param>
    void ScoreForUser(ReadOnlySpan<byte> user, ReadOnlySpan<HistoryEvent> history, Span<float> scores) => ScoreForUser(history, scores);

    /// <summary>As <see cref="ScoreForUser(ReadOnlySpan{byte}, ReadOnlySpan{HistoryEvent}, Span{float})"/>, by what is known of the coming event as well.</summary>
    /// <param name="context">Where, when or on what the user asks; what the model does not know adds nothing. Null = nothing is known.</param>
    void ScoreForUser(ReadOnlySpan<byte> user, ReadOnlySpan<HistoryEvent> history, EventContext? context, Span<float> scores) => ScoreForUser(user, history, scores);

    /// <summary>Columns of interactions that say something in a context; empty = the model does not look at contexts.</summary>
    IReadOnlyList<string> ContextColumns => [];

    /// <summary>Whether the model knows enough of a user to recommend something better than what is popular before the user has done anything.</summary>
    /// <param name="user">UTF-8 of the user's id.</param>
    bool KnowsUser(ReadOnlySpan<byte> user) => false;

    /// <summary>Scores every item by how related it is to <paramref name="item"/>; <see cref="float.NegativeInfinity"/> = not related.</summary>
    /// <param name="item">Index into <see cref="Items"/>.</param>
    /// <param name="scores">Shape [Items.Count]; undefined when the answer is <see langword="false"/>.</param>
    /// <returns><see langword="false"/> when the model knows nothing related to the item, or does not relate items at all.</returns>
    bool TryScoreRelated(int item, Span<float> scores);

    /// <summary>Writes the model as an artifact that <see cref="IRecipe.Open"/> reads back bit-equal. Needs no seeking.</summary>
    void Save(Stream destination);

    /// <summary>As <see cref="Save(Stream)"/>, with facts and tensors of the caller's own, which <see cref="IRecipe.Open"/> passes over.</summary>
    /// <param name="destination">Receives the artifact.</param>
    /// <param name="addition">Adds them; names must not be those of the recipe, so begin them with a prefix.</param>
    void Save(Stream destination, Action<ArtifactWriter> addition);
}
