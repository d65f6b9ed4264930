using Kindred.Files;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;

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

    /// <summary>
    /// Items with a code below this one were met in training; later ones are known by their metadata alone, so they are still new to users.
    /// </summary>
    int MetItems => Items.Count;

    /// <summary>Names of the event types seen in training; their index is <see cref="HistoryEvent.EventType"/>.</summary>
    IReadOnlyList<string> EventTypes { get; }

    /// <summary>Which members serve, e.g. <c>sequence statistics + item-kNN + popularity</c>; simpler ones when the data carried no more.</summary>
    string Rung { get; }

    /// <summary>Whether the recipe publishes scores with its recommendations (<c>softmax</c> of <see cref="Score"/>).</summary>
    bool HasScores { get; }

    /// <summary>Scores every item for a user. Items already in the history are scored like any other.</summary>
    /// <param name="query">For whom.</param>
    /// <param name="scores">Receives a finite log-odds-like score per item, shape [Items.Count].</param>
    /// <returns>What the model knows of the scores without looking at them again.</returns>
    /// <exception cref="ArgumentException"><paramref name="scores"/> does not have one place per item.</exception>
    ScoreSummary Score(in ScoreQuery query, Span<float> scores);

    /// <summary>
    /// Whether the scores know how likely an item is met again, so that they say where an item of the history belongs among the others. Where they
    /// do not, such items are shown after all others.
    /// </summary>
    bool PlacesMetItems => false;

    /// <summary>Columns of interactions that say something in a context; empty = the model does not look at contexts.</summary>
    IReadOnlyList<string> ContextColumns => [];

    /// <summary>
    /// Whether the model knows enough of a user to recommend something better than what is popular before the user has done anything.
    /// </summary>
    /// <param name="user">UTF-8 of the user's id.</param>
    bool KnowsUser(ReadOnlySpan<byte> user) => false;

    /// <summary>Scores every item by how related it is to one; <see cref="float.NegativeInfinity"/> = not related.</summary>
    /// <param name="query">To which item.</param>
    /// <param name="scores">Shape [Items.Count]; undefined when the answer is <see langword="false"/>.</param>
    /// <returns><see langword="false"/> when the model knows nothing related to the item, or does not relate items at all.</returns>
    bool TryScoreRelated(in RelatedQuery query, Span<float> scores);

    /// <summary>Scores every item as what a list of related items is filled up with: popularity, within what the recipe recommends.</summary>
    /// <param name="scores">Receives a finite score per item, shape [Items.Count].</param>
    /// <exception cref="ArgumentException"><paramref name="scores"/> does not have one place per item.</exception>
    void ScoreUnrelated(Span<float> scores) => Score(default, scores);

    /// <summary>Writes the model as an artifact that <see cref="IRecipe.Open"/> reads back bit-equal. Needs no seeking.</summary>
    void Save(Stream destination);

    /// <summary>As <see cref="Save(Stream)"/>, with facts and tensors of the caller's own, which <see cref="IRecipe.Open"/> passes over.</summary>
    /// <param name="destination">Receives the artifact.</param>
    /// <param name="addition">Adds them; names must not be those of the recipe, so begin them with a prefix.</param>
    void Save(Stream destination, Action<ArtifactWriter> addition);
}
