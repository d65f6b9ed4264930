namespace Kindred.Recipes.Trees;

/// <summary>What boosted trees learn, and so what their output means.</summary>
internal enum TreeObjective
{
    /// <summary>Squared error; the output is in the unit of the labels.</summary>
    Regression,

    /// <summary>Cross-entropy of labels 0 and 1; the output is the log-odds of 1.</summary>
    Binary,

    /// <summary>
    /// LambdaRank (Burges, <em>From RankNet to LambdaRank to LambdaMART</em>, 2010): orders the rows of a group; the output only compares
    /// rows of one group. Labels are grades 0, 1, 2, .. with gain 2^grade - 1.
    /// </summary>
    LambdaRank,
}
