using System.Text.Json.Nodes;

namespace Kindred.Bench.Load;

/// <summary>What is asked, of whom, and how often something happens in between.</summary>
/// <param name="Name">In the report and on the command line.</param>
/// <param name="KeepsScores">Whether the host keeps scores; without, every user is one whose state is not kept.</param>
/// <param name="EventEvery">One request in so many is a PutEvents, and the next asks for the user whose event it was; 0 for none.</param>
/// <param name="Recipe">Of the full model that is asked.</param>
/// <param name="Path">Of the question.</param>
/// <param name="Ask">The body of a question for a user.</param>
internal sealed record LoadMode(
    string Name, bool KeepsScores, int EventEvery, string Recipe, string Path, Func<LoadSubject, string, JsonObject> Ask)
{
    private const string Personal = "aws-user-personalization-v2";
    private const int RankedItems = 100;

    public static IReadOnlyList<LoadMode> All { get; } =
    [
        new("first", false, 0, Personal, "/recommendations", Question),
        new("again", true, 0, Personal, "/recommendations", Question),
        new("mixed", true, 10, Personal, "/recommendations", Question),
        new("filtered", true, 10, Personal, "/recommendations", (subject, user) =>
        {
            var question = Question(subject, user);
            question["filterArn"] = subject.FilterArn;
            return question;
        }),
        new("ranking", true, 10, "aws-personalized-ranking-v2", "/personalize-ranking", (subject, user) =>
        {
            var question = Question(subject, user);
            var from = (int)((uint)user.GetHashCode(StringComparison.Ordinal) % (uint)Math.Max(1, subject.Items.Length - RankedItems));
            question["inputList"] = new JsonArray([.. subject.Items.Skip(from).Take(RankedItems).Select(item => JsonValue.Create(item))]);
            return question;
        }),
    ];

    private static JsonObject Question(LoadSubject subject, string user) => new() { ["campaignArn"] = subject.CampaignArn, ["userId"] = user };
}
