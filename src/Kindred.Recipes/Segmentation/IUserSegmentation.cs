using Kindred.Files;

namespace Kindred.Recipes.Segmentation;

/// <summary>A trained model that ranks users: those most likely to interact with an item, or with items of given attributes.</summary>
public interface IUserSegmentation
{
    /// <summary>The users that can be ranked; their index is what the other members answer with.</summary>
    IdTable Users { get; }

    /// <summary>Ranks users by how likely they are to interact with an item. Users without an interaction are never in a segment.</summary>
    /// <param name="item">Index into <see cref="ITrainedModel.Items"/>.</param>
    /// <param name="best">Receives users, best first; its length is the most that are wanted.</param>
    /// <returns>How many there are.</returns>
    int RankUsers(int item, Span<int> best);

    /// <summary>Ranks users by how likely they are to interact with items of the attributes asked for.</summary>
    /// <param name="query">The attributes.</param>
    /// <param name="best">Receives users, best first; its length is the most that are wanted.</param>
    /// <returns>How many there are; 0 when no item has these attributes.</returns>
    /// <exception cref="FormatException">
    /// The query names a column that the model does not know, or one of text; or the model knows no attributes.
    /// </exception>
    int RankUsers(ItemAttributeQuery query, Span<int> best);
}
