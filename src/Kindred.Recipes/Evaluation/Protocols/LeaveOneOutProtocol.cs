using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Evaluation.Protocols;

/// <summary>
/// The protocol of SASRec (Kang and McAuley, ICDM 2018): of each user the last item is the test target and the one before it the
/// validation target. Training sees neither; the input at test time holds the validation item.
/// </summary>
public sealed class LeaveOneOutProtocol : IProtocol
{
    private const int HeldOut = 2;

    public string Name => "leave-one-out";
    public string Description => "each user's last item is the target; the one before it is in the input but was not trained on";

    public EvaluationPlan Plan(InteractionLog log, int seed, int maxCases)
    {
        var cases = LeaveOneOut.Cases(log)
            .Select(held => new TestCase(log.UserStarts[held.User], held.End, [held.Target]) { Asked = held.End }).ToList();
        return new EvaluationPlan(LeaveOneOut.Training(log, HeldOut), log, [new TestSlice("test users", Draw.Some(cases, maxCases, seed))])
        {
            Notes = [.. Notes(log)],
        };
    }

    private static IEnumerable<string> Notes(InteractionLog log)
    {
        var (one, two) = (log.UsersWith(1) - log.UsersWith(2), log.UsersWith(2) - log.UsersWith(3));
        if (one > 0)
            yield return FormattableString.Invariant(
                $"{one:N0} {(one == 1 ? "user has" : "users have")} a single interaction, which trains but cannot be tested.");
        if (two > 0)
            yield return FormattableString.Invariant($"{two:N0} {(two == 1 ? "user has" : "users have")} two interactions ")
                + "and no validation item: the first trains, the second is the target.";
    }
}
