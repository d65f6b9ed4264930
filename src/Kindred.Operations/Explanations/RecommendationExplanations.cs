using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Refusals;
using Kindred.Serving;
using Kindred.Serving.Explanations;
using Microsoft.Extensions.Options;

namespace Kindred.Operations.Explanations;

/// <summary>
/// Says why a campaign or a recommender answers as it does. Needs the scope <c>recommend</c>, and waits for the tenant's turn as an answer does.
/// </summary>
public sealed class RecommendationExplanations
{
    private readonly RecommendationService _recommendations;
    private readonly TenantTurns _turns;
    private readonly OperationOptions _options;

    internal RecommendationExplanations(RecommendationService recommendations, TenantTurns turns, IOptions<OperationOptions> options) =>
        (_recommendations, _turns, _options) = (recommendations, turns, options.Value);

    /// <exception cref="RefusedException">
    /// AccessDenied: the principal may not. ResourceNotFound: there is no such campaign or recommender of theirs. InvalidInput: its
    /// answers do not depend on a user, or there are too many items.
    /// </exception>
    public async Task<AnswerExplanation> ExplainAsync(Principal principal, ExplanationQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        ArgumentNullException.ThrowIfNull(query);
        principal.Require(AccessScopes.Recommend, "recommendations:Explain");
        if (!Arn.TryParse(query.EndpointArn, out var endpoint) || endpoint.Account != principal.Account)
            throw new RefusedException(RefusalCode.ResourceNotFound, $"The resource '{query.EndpointArn}' does not exist, or is not ACTIVE.");
        using var entered = CallerContext.Enter(principal);
        await _turns.EnterAsync(principal.Account, cancellationToken);
        try
        {
            return await _recommendations.ExplainAsync(query, new Caller(principal.Account, _options.Region, InvocationId: null), cancellationToken);
        }
        finally
        {
            _turns.Leave();
        }
    }
}
